package dev.weir.template;

/** A run used up one of its {@link Limits}; the message says which. */
public final class LimitExceeded extends Exception {
  private static final long serialVersionUID = 1;

  LimitExceeded(String message) {
    super(message);
  }
}

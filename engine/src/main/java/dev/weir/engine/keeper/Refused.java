package dev.weir.engine.keeper;

/** A command cannot be taken, and nothing has changed; the message says why and what to do. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  public Refused(String message) {
    super(message);
  }
}

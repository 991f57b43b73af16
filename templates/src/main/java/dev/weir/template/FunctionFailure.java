package dev.weir.template;

/** A function has no result for its arguments; the message is one line for the user. */
public final class FunctionFailure extends Exception {
  private static final long serialVersionUID = 1;

  /** A failure without a cause that matters to the user. */
  public FunctionFailure(String message) {
    super(message);
  }

  /** A failure with its cause. */
  public FunctionFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

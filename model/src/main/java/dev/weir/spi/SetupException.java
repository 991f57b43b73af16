package dev.weir.spi;

/** Something outside Weir must be put right before it can start; the message says what. */
public final class SetupException extends Exception {

  private static final long serialVersionUID = 1L;

  public SetupException(String message) {
    super(message);
  }

  public SetupException(String message, Throwable cause) {
    super(message, cause);
  }
}

package dev.weir.spi;

import java.io.IOException;

/**
 * The system answered, and will say the same again until somebody changes something: wrong
 * credentials, no permission. It is asked again only after the longest pause.
 */
public final class RefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message one line: what was refused, and what to do
   */
  public RefusedException(String message) {
    super(message);
  }
}

package dev.weir.source.aws;

import java.io.IOException;

/** AWS wants fewer calls. */
public final class ThrottledException extends IOException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what AWS says, one line
   */
  public ThrottledException(String message) {
    super(message);
  }
}

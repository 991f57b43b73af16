package dev.weir.handwritten;

import java.io.Serial;

/**
 * A text that is not what its file should be: no configuration of the program that reads it. The
 * message is what is wrong and what was expected.
 */
public final class ConfException extends IllegalArgumentException {

  @Serial private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * @param line where it is wrong, counted from 1
   * @param column where in the line, counted from 1
   */
  public ConfException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** Where it is wrong, counted from 1. */
  public int line() {
    return line;
  }

  /** Where in the line, counted from 1. */
  public int column() {
    return column;
  }

  /** {@code FILE:LINE:COLUMN: message}. */
  public String in(Object file) {
    return "%s:%d:%d: %s".formatted(file, line, column, getMessage());
  }
}

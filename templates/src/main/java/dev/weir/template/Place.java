package dev.weir.template;

/**
 * A place in a template.
 *
 * @param line counted from 1
 * @param column in code points, counted from 1
 */
public record Place(int line, int column) {
  public Place {
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException(line + ":" + column + " (expected: counted from 1)");
    }
  }

  /** {@code line:column}. */
  @Override
  public String toString() {
    return line + ":" + column;
  }
}

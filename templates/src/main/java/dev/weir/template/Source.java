package dev.weir.template;

/**
 * The text of a template and what to call it.
 *
 * @param name as error messages show it, for example the name of the file
 * @param text its content, UTF-8 or not
 */
public record Source(String name, Text text) {
  /** A template of this text. */
  public static Source of(String name, String text) {
    return new Source(name, Text.of(text));
  }

  /**
   * The place of a byte.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= offset <= text.byteLength()}
   */
  public Place placeOfByte(int offset) {
    String before = text.byteSlice(0, offset).toString();
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = 1 + (int) before.chars().filter(unit -> unit == '\n').count();
    return new Place(line, 1 + before.codePointCount(lineStart, before.length()));
  }

  /**
   * The place of a character of {@code text.toString()}.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index <= length}
   */
  public Place placeOfChar(int index) {
    String before = text.toString().substring(0, index);
    int lineStart = before.lastIndexOf('\n') + 1;
    int line = 1 + (int) before.chars().filter(unit -> unit == '\n').count();
    return new Place(line, 1 + before.codePointCount(lineStart, before.length()));
  }

  /** One line without its end, counted from 1; empty beyond the last. */
  public String line(int number) {
    return text.toString().lines().skip(number - 1L).findFirst().orElse("");
  }
}

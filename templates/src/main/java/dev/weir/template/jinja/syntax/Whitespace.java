package dev.weir.template.jinja.syntax;

/** What characters Python counts as white space. */
public final class Whitespace {

  private Whitespace() {}

  /** Whether {@code str.isspace} says so. */
  public static boolean is(int c) {
    return c == ' '
        || (c >= 0x09 && c <= 0x0d)
        || (c >= 0x1c && c <= 0x1f)
        || c == 0x85
        || c == 0xa0
        || (c > 0xff && Character.isSpaceChar(c));
  }

  /** The first offset from {@code from} that is no white space. */
  public static int skip(String text, int from) {
    int at = from;
    while (at < text.length() && is(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** The length of a text without the white space at its end. */
  public static int lengthWithoutTail(String text) {
    int end = text.length();
    while (end > 0 && is(text.charAt(end - 1))) {
      end--;
    }
    return end;
  }
}

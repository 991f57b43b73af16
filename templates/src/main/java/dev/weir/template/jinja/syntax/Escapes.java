package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;

/** What stands behind a backslash in a string. */
final class Escapes {

  private static final String LETTERS = "abfnrtv\\'\"";
  private static final String MEANT = "\u0007\b\f\n\r\t\u000b\\'\"";

  private final Source source;
  private final String text;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private Escapes(Source source, String text, int at) {
    this.source = source;
    this.text = text;
    this.at = at;
  }

  /** The value of a string that stands between two offsets; an unknown escape stays as written. */
  static String decode(Source source, String text, int from, int to) throws TemplateException {
    if (text.substring(from, to).indexOf('\\') < 0) {
      return text.substring(from, to);
    }
    Escapes escapes = new Escapes(source, text, from);
    while (escapes.at < to) {
      escapes.step(to);
    }
    return escapes.out.toString();
  }

  private void step(int to) throws TemplateException {
    char c = text.charAt(at++);
    if (c != '\\') {
      out.append(c);
      return;
    }
    char letter = text.charAt(at++);
    int index = LETTERS.indexOf(letter);
    if (index >= 0) {
      out.append(MEANT.charAt(index));
    } else if (letter >= '0' && letter <= '7') {
      octal(letter, to);
    } else if (letter == 'x' || letter == 'u' || letter == 'U') {
      hex(letter, to);
    } else if (letter == 'N') {
      named(to);
    } else if (letter != '\n') {
      out.append('\\').append(letter);
    }
  }

  private void octal(char first, int to) {
    int value = first - '0';
    for (int i = 0; i < 2 && at < to && Character.digit(text.charAt(at), 8) >= 0; i++) {
      value = value * 8 + Character.digit(text.charAt(at++), 8);
    }
    out.appendCodePoint(value);
  }

  private void hex(char letter, int to) throws TemplateException {
    int start = at - 2;
    int digits = letter == 'x' ? 2 : letter == 'u' ? 4 : 8;
    long value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = at < to ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw Mistake.at(
            source, start, "'\\" + letter + "' needs " + digits + " hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    if (value > Character.MAX_CODE_POINT) {
      throw Mistake.at(source, start, "no character has the number U+%X".formatted(value));
    }
    out.appendCodePoint((int) value);
  }

  private void named(int to) throws TemplateException {
    int start = at - 2;
    int close = text.indexOf('}', at);
    if (at >= to || text.charAt(at) != '{' || close < 0 || close >= to) {
      throw Mistake.at(source, start, "'\\N' needs the name of a character in braces");
    }
    String name = text.substring(at + 1, close);
    try {
      out.appendCodePoint(Character.codePointOf(name));
    } catch (IllegalArgumentException _) {
      throw Mistake.at(source, start, "no character is called '" + name + "'");
    }
    at = close + 1;
  }
}

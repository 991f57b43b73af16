package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Text;
import org.jspecify.annotations.Nullable;

/** Texts as Go's source code writes them. */
final class Quoting {
  /** What becomes of characters beyond ASCII. */
  enum Beyond {
    /** They stay where they print. */
    KEPT,
    /** They become escapes. */
    ESCAPED
  }

  private static final String ESCAPES = "\u0007\b\f\n\r\t\u000b";
  private static final String LETTERS = "abfnrtv";
  private static final String HEX = "0123456789abcdef";

  private Quoting() {}

  /** In double quotes, for messages. */
  static String quote(String text) {
    return quote(Text.of(text));
  }

  /** In double quotes, for messages. */
  static String quote(Text text) {
    return quote(text, '"', Beyond.KEPT).toString();
  }

  /** In quotes of a kind. */
  static Text quote(Text text, char quote, Beyond beyond) {
    byte[] bytes = text.toBytes();
    Bytes out = new Bytes();
    out.write(quote);
    for (int index = 0; index < bytes.length; ) {
      int width = Runes.width(bytes, index);
      int rune = Runes.at(bytes, index);
      if (rune == Runes.ERROR && width == 1) {
        hex(out, "\\x", bytes[index] & 0xFF, 2);
      } else {
        escape(out, rune, quote, beyond);
      }
      index += width;
    }
    out.write(quote);
    return out.toText();
  }

  /** One character in single quotes. */
  static Text quoteRune(long rune, Beyond beyond) {
    boolean valid = Runes.isValid(rune);
    Bytes out = new Bytes();
    out.write('\'');
    escape(out, valid ? (int) rune : Runes.ERROR, '\'', beyond);
    out.write('\'');
    return out.toText();
  }

  private static void escape(Bytes out, int rune, char quote, Beyond beyond) {
    int known = ESCAPES.indexOf(rune);
    if (rune == quote || rune == '\\') {
      out.write('\\');
      out.write(rune);
    } else if (Runes.isPrint(rune) && (rune < 0x80 || beyond == Beyond.KEPT)) {
      Runes.write(out, rune);
    } else if (known >= 0) {
      out.write('\\');
      out.write(LETTERS.charAt(known));
    } else if (rune < ' ' || rune == 0x7F) {
      hex(out, "\\x", rune, 2);
    } else if (rune < 0x10000) {
      hex(out, "\\u", rune, 4);
    } else {
      hex(out, "\\U", rune, 8);
    }
  }

  private static void hex(Bytes out, String prefix, int value, int digits) {
    out.write(prefix);
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out.write(HEX.charAt(value >> shift & 0xF));
    }
  }

  /** Whether a text can stand between back quotes. */
  static boolean canBackquote(Text text) {
    return text.isUtf8()
        && text.toString()
            .codePoints()
            .allMatch(rune ->
                rune != '`' && rune != 0x7F && rune != 0xFEFF && (rune >= ' ' || rune == '\t'));
  }

  /** What a literal in double or back quotes stands for, or null where an escape is none. */
  static @Nullable Text unquote(Text literal) {
    byte[] bytes = literal.toBytes();
    Bytes out = new Bytes();
    if (bytes[0] == '`') {
      for (int index = 1; index < bytes.length - 1; index++) {
        if (bytes[index] != '\r') {
          out.write(bytes[index]);
        }
      }
      return out.toText();
    }
    Unescaper unescaper = new Unescaper(bytes, 1, bytes.length - 1);
    while (unescaper.hasNext()) {
      if (!unescaper.next('"', out)) {
        return null;
      }
    }
    return out.toText();
  }

  /** The code point of a literal in single quotes, -1 for a bad escape, -2 for several. */
  static int unquoteCharacter(Text literal) {
    byte[] bytes = literal.toBytes();
    Unescaper unescaper = new Unescaper(bytes, 1, bytes.length - 1);
    if (!unescaper.hasNext() || !unescaper.next('\'', new Bytes())) {
      return -1;
    }
    return unescaper.hasNext() ? -2 : unescaper.rune();
  }
}

package dev.weir.template.go;

import dev.weir.template.Bytes;

/** Reads the characters between the quotes of a literal, escapes resolved. */
final class Unescaper {
  private static final String LETTERS = "abfnrtv\\";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\";

  private final byte[] bytes;
  private final int end;
  private int at;
  private int rune;

  Unescaper(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  boolean hasNext() {
    return at < end;
  }

  /** The character that was read last. */
  int rune() {
    return rune;
  }

  /** Reads one character and writes what it stands for; false where an escape is none. */
  boolean next(char quote, Bytes out) {
    if (bytes[at] == quote) {
      return false;
    }
    if (bytes[at] != '\\') {
      int width = Runes.width(bytes, at);
      rune = Runes.at(bytes, at);
      Runes.write(out, rune);
      at += width;
      return true;
    }
    if (at + 1 >= end) {
      return false;
    }
    char letter = (char) bytes[at + 1];
    at += 2;
    int known = LETTERS.indexOf(letter);
    if (known >= 0) {
      return plain(MEANINGS.charAt(known), out);
    }
    return switch (letter) {
      case 'x' -> digits(2, 16) && oneByte(out);
      case 'u' -> digits(4, 16) && plain(rune, out);
      case 'U' -> digits(8, 16) && plain(rune, out);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> octal(out);
      case '\'', '"' -> letter == quote && plain(letter, out);
      default -> false;
    };
  }

  private boolean octal(Bytes out) {
    at--;
    return digits(3, 8) && rune <= 0xFF && oneByte(out);
  }

  private boolean plain(int meaning, Bytes out) {
    rune = meaning;
    if (!Runes.isValid(rune)) {
      return false;
    }
    Runes.write(out, rune);
    return true;
  }

  private boolean oneByte(Bytes out) {
    out.write(rune);
    return true;
  }

  private boolean digits(int count, int radix) {
    if (at + count > end) {
      return false;
    }
    long value = 0;
    for (int digit = 0; digit < count; digit++) {
      int next = Character.digit((char) (bytes[at++] & 0xFF), radix);
      if (next < 0) {
        return false;
      }
      value = value * radix + next;
    }
    rune = value > Character.MAX_CODE_POINT ? -1 : (int) value;
    return true;
  }
}

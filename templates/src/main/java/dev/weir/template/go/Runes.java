package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Text;

/** UTF-8 the way Go reads it: a byte that does not fit is one code point, U+FFFD, of one byte. */
final class Runes {
  /** What stands for a byte that is not UTF-8. */
  static final int ERROR = 0xFFFD;

  private Runes() {}

  /** The code point at an index. */
  static int at(byte[] bytes, int index) {
    int width = width(bytes, index);
    int first = bytes[index] & 0xFF;
    return switch (width) {
      case 2 -> follow(first & 0x1F, bytes, index, width);
      case 3 -> follow(first & 0x0F, bytes, index, width);
      case 4 -> follow(first & 0x07, bytes, index, width);
      default -> first < 0x80 ? first : ERROR;
    };
  }

  private static int follow(int first, byte[] bytes, int index, int width) {
    int rune = first;
    for (int next = index + 1; next < index + width; next++) {
      rune = (rune << 6) | (bytes[next] & 0x3F);
    }
    return rune;
  }

  /** How many bytes the code point at an index has; 1 for a byte that does not fit. */
  static int width(byte[] bytes, int index) {
    int first = bytes[index] & 0xFF;
    if (first >= 0xC2 && first <= 0xDF) {
      return continues(bytes, index, 1, 0x80, 0xBF) ? 2 : 1;
    }
    if (first >= 0xE0 && first <= 0xEF) {
      int low = first == 0xE0 ? 0xA0 : 0x80;
      int high = first == 0xED ? 0x9F : 0xBF;
      return continues(bytes, index, 2, low, high) ? 3 : 1;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      int low = first == 0xF0 ? 0x90 : 0x80;
      int high = first == 0xF4 ? 0x8F : 0xBF;
      return continues(bytes, index, 3, low, high) ? 4 : 1;
    }
    return 1;
  }

  private static boolean continues(byte[] bytes, int index, int more, int low, int high) {
    if (index + more >= bytes.length) {
      return false;
    }
    int second = bytes[index + 1] & 0xFF;
    boolean fits = second >= low && second <= high;
    for (int next = 2; next <= more && fits; next++) {
      fits = (bytes[index + next] & 0xC0) == 0x80;
    }
    return fits;
  }

  /** How many code points there are. */
  static int count(Text text) {
    if (text.isUtf8()) {
      return text.toString().codePointCount(0, text.toString().length());
    }
    byte[] bytes = text.toBytes();
    int count = 0;
    for (int index = 0; index < bytes.length; index += width(bytes, index)) {
      count++;
    }
    return count;
  }

  /** The first so many code points. */
  static Text truncate(Text text, int most) {
    byte[] bytes = text.toBytes();
    int end = 0;
    for (int count = 0; count < most && end < bytes.length; count++) {
      end += width(bytes, end);
    }
    return Text.of(bytes, 0, end);
  }

  /** Whether a number is that of a code point which is no surrogate. */
  static boolean isValid(long rune) {
    boolean surrogate = rune >= 0xD800 && rune <= 0xDFFF;
    return rune >= 0 && rune <= Character.MAX_CODE_POINT && !surrogate;
  }

  /** Appends a code point; U+FFFD for what is none. */
  static void write(Bytes to, int rune) {
    to.write(Character.toString(isValid(rune) ? rune : ERROR));
  }

  /** Whether Go shows it as it is: letters, marks, numbers, punctuation, symbols and the space. */
  static boolean isPrint(int rune) {
    if (rune < 0x80) {
      return rune >= ' ' && rune < 0x7F;
    }
    return switch (Character.getType(rune)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Whether names may have it. */
  static boolean isAlphanumeric(int rune) {
    return rune == '_' || Character.isLetter(rune) || Character.isDigit(rune);
  }

  /** Whether Unicode calls it white space. */
  static boolean isSpace(int rune) {
    boolean control = rune >= '\t' && rune <= '\r';
    return control || rune == 0x85 || Character.isSpaceChar(rune);
  }

  /** {@code U+0041 'A'}; without the character where that does not print. */
  static String named(int rune) {
    String name = "U+%04X".formatted(rune);
    return isPrint(rune) ? name + " '" + Character.toString(rune) + "'" : name;
  }
}

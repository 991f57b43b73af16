package dev.weir.template.go;

import dev.weir.template.Text;

/** The bytes of a template, and what stands where in them. */
final class Input {
  static final String RIGHT = "}}";

  /** A trim marker is a minus and a white space beside it. */
  static final int MARKER = 2;

  private final byte[] bytes;

  /** Reads bytes that nobody changes. */
  Input(byte[] bytes) {
    this.bytes = bytes;
  }

  int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  Text text(int from, int to) {
    return Text.of(bytes, from, to);
  }

  /** The code point at an index. */
  int rune(int index) {
    return Runes.at(bytes, index);
  }

  /** How many bytes the code point at an index has. */
  int width(int index) {
    return Runes.width(bytes, index);
  }

  boolean isDigit(int index) {
    return index < bytes.length && bytes[index] >= '0' && bytes[index] <= '9';
  }

  boolean isSpace(int index) {
    if (index >= bytes.length) {
      return false;
    }
    return switch (bytes[index]) {
      case ' ', '\t', '\r', '\n' -> true;
      default -> false;
    };
  }

  /** Whether a minus and white space are here. */
  boolean isLeftMarker(int index) {
    return startsWith('-', index) && isSpace(index + 1);
  }

  /** Whether white space, a minus and the right delimiter are here. */
  boolean isTrimmingRightDelimiter(int index) {
    return isSpace(index) && startsWith('-', index + 1) && startsWith(RIGHT, index + MARKER);
  }

  /** The index behind the white space that begins here. */
  int behindSpace(int from) {
    int at = from;
    while (isSpace(at)) {
      at++;
    }
    return at;
  }

  /** The index where the white space before an end begins, at least a start. */
  int beforeSpace(int start, int end) {
    int at = end;
    while (at > start && isSpace(at - 1)) {
      at--;
    }
    return at;
  }

  /** The index behind the letters, digits and underscores that begin here. */
  int behindWord(int from) {
    int at = from;
    while (at < bytes.length && Runes.isAlphanumeric(rune(at))) {
      at += width(at);
    }
    return at;
  }

  /** Whether a name may end here. */
  boolean endsName(int index) {
    if (index >= bytes.length || isSpace(index) || startsWith(RIGHT, index)) {
      return true;
    }
    return switch (bytes[index]) {
      case '.', ',', '|', ':', ')', '(' -> true;
      default -> false;
    };
  }

  boolean startsWith(char one, int index) {
    return index < bytes.length && bytes[index] == one;
  }

  /** Whether one or two characters of ASCII are here. */
  boolean startsWith(String what, int index) {
    return startsWith(what.charAt(0), index)
        && (what.length() == 1 || startsWith(what.charAt(1), index + 1));
  }

  /** Where one or two characters of ASCII come next, or -1. */
  int find(String what, int from) {
    for (int index = from; index < bytes.length; index++) {
      if (startsWith(what, index)) {
        return index;
      }
    }
    return -1;
  }
}

package dev.weir.template;

import java.util.Arrays;

/** Bytes that grow as they are written. */
final class Output {
  /** The largest array that Java surely makes. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[1024];
  private int size;

  int size() {
    return size;
  }

  void write(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
  }

  void write(Text text) {
    String string = text.toString();
    if (text.isUtf8() && writeAscii(string)) {
      return;
    }
    byte[] encoded = text.toBytes();
    write(encoded, 0, encoded.length);
  }

  /** Writes a string of ASCII without a copy; false, and nothing written, for any other. */
  private boolean writeAscii(String string) {
    int length = string.length();
    reserve(length);
    byte[] target = bytes;
    int at = size;
    for (int index = 0; index < length; index++) {
      char unit = string.charAt(index);
      if (unit >= 0x80) {
        return false;
      }
      target[at++] = (byte) unit;
    }
    size = at;
    return true;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long doubled = Math.min(2L * bytes.length, LARGEST);
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, more), (int) doubled));
    }
  }

  Text text() {
    return Text.of(bytes, 0, size);
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}

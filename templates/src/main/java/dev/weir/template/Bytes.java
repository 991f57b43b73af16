package dev.weir.template;

import java.util.Arrays;

/** Bytes that grow as they are written. Not safe for use by several threads. */
public final class Bytes {
  /** The largest array that Java surely makes. */
  private static final int LARGEST = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;

  /** No bytes, with room for some. */
  public Bytes() {
    bytes = new byte[64];
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Appends one byte. */
  public void write(int one) {
    reserve(1);
    bytes[size++] = (byte) one;
  }

  /** Appends one byte many times. */
  public void fill(int one, int times) {
    reserve(times);
    Arrays.fill(bytes, size, size + times, (byte) one);
    size += times;
  }

  /** Appends the bytes from one index to before another. */
  public void write(byte[] from, int start, int end) {
    reserve(end - start);
    System.arraycopy(from, start, bytes, size, end - start);
    size += end - start;
  }

  /** Appends a text. */
  public void write(Text text) {
    if (text.isUtf8() && writeAscii(text.toString())) {
      return;
    }
    byte[] encoded = text.toBytes();
    write(encoded, 0, encoded.length);
  }

  /** Appends a string as UTF-8. */
  public void write(String string) {
    if (!writeAscii(string)) {
      write(Text.of(string));
    }
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

  /** All of them as a text. */
  public Text toText() {
    return Text.of(bytes, 0, size);
  }

  /** A copy of all of them. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }
}

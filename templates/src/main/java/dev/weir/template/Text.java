package dev.weir.template;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A text: bytes, which nearly always are UTF-8. A language that counts code points asks for {@link
 * #toString}, one that counts bytes for {@link #byteLength} and {@link #byteSlice}. Bytes that are
 * not UTF-8 survive being cut, joined, compared and printed.
 */
public final class Text implements Value, Comparable<Text> {
  /** The text without bytes. */
  public static final Text EMPTY = new Text("", null);

  private final String string;

  /** Present exactly where the bytes are not UTF-8; the string then has U+FFFD in their place. */
  private final byte @Nullable [] raw;

  private Text(String string, byte @Nullable [] raw) {
    this.string = string;
    this.raw = raw;
  }

  /** The text of a string; a lone surrogate has U+FFFD as its bytes. */
  public static Text of(String string) {
    return string.isEmpty() ? EMPTY : new Text(string, null);
  }

  /** The text of bytes, UTF-8 or not; they are copied. */
  public static Text of(byte[] bytes) {
    return of(bytes, 0, bytes.length);
  }

  /**
   * The text of the bytes from one index to before another; they are copied.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= bytes.length}
   */
  public static Text of(byte[] bytes, int from, int to) {
    if (isAscii(bytes, from, to)) {
      return of(new String(bytes, from, to - from, ISO_8859_1));
    }
    String decoded = new String(bytes, from, to - from, UTF_8);
    byte[] again = decoded.getBytes(UTF_8);
    return Arrays.equals(again, 0, again.length, bytes, from, to)
        ? of(decoded)
        : new Text(decoded, Arrays.copyOfRange(bytes, from, to));
  }

  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (int index = from; index < to; index++) {
      if (bytes[index] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the bytes are UTF-8. */
  public boolean isUtf8() {
    return raw == null;
  }

  /** How many bytes it has. */
  public int byteLength() {
    if (raw != null) {
      return raw.length;
    }
    int bytes = 0;
    for (int index = 0; index < string.length(); index++) {
      char unit = string.charAt(index);
      if (unit < 0x80) {
        bytes++;
      } else {
        bytes += unit < 0x800 || isPaired(index) ? 2 : 3;
      }
    }
    return bytes;
  }

  /** Whether the unit is half of a pair, which as a whole has four bytes. */
  private boolean isPaired(int index) {
    char unit = string.charAt(index);
    if (Character.isHighSurrogate(unit)) {
      return index + 1 < string.length() && Character.isLowSurrogate(string.charAt(index + 1));
    }
    return Character.isLowSurrogate(unit)
        && index > 0
        && Character.isHighSurrogate(string.charAt(index - 1));
  }

  /**
   * The bytes from one index to before another as a text.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= from <= to <= byteLength()}
   */
  public Text byteSlice(int from, int to) {
    byte[] bytes = raw != null ? raw : toBytes();
    Objects.checkFromToIndex(from, to, bytes.length);
    return of(bytes, from, to);
  }

  /** A copy of the bytes. */
  public byte[] toBytes() {
    return raw != null ? raw.clone() : repaired().getBytes(UTF_8);
  }

  /** The string with U+FFFD for lone surrogates, for which Java would write a question mark. */
  private String repaired() {
    for (int index = 0; index < string.length(); index++) {
      if (Character.isSurrogate(string.charAt(index)) && !isPaired(index)) {
        return new String(string.codePoints().map(Text::replaced).toArray(), 0, codePoints());
      }
    }
    return string;
  }

  private static int replaced(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE ? 0xFFFD : codePoint;
  }

  private int codePoints() {
    return string.codePointCount(0, string.length());
  }

  @Override
  public Type type() {
    return Type.TEXT;
  }

  /** By bytes, which for UTF-8 is by code points. */
  @Override
  public int compareTo(Text other) {
    if (raw != null || other.raw != null) {
      return Arrays.compareUnsigned(toBytes(), other.toBytes());
    }
    int common = Math.min(string.length(), other.string.length());
    for (int index = 0; index < common; index++) {
      char mine = string.charAt(index);
      char theirs = other.string.charAt(index);
      if (mine != theirs) {
        return Integer.compare(rank(mine), rank(theirs));
      }
    }
    return Integer.compare(string.length(), other.string.length());
  }

  /** Units in the order of the code points that they belong to: pairs after all others. */
  private static int rank(char unit) {
    return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Text text && string.equals(text.string) && Arrays.equals(raw, text.raw);
  }

  @Override
  public int hashCode() {
    return string.hashCode();
  }

  /** The text as a string, U+FFFD where bytes are not UTF-8. */
  @Override
  public String toString() {
    return string;
  }
}

package dev.weir.handwritten;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The text of files whose character set nobody knows: what is no UTF-8 is kept as it is, a
 * character for a byte.
 */
public final class FileText {

  private FileText() {}

  /** The text of a file's bytes, from which {@link #encoded} makes the very same bytes again. */
  public static String decoded(byte[] bytes) {
    return new String(bytes, charset(bytes));
  }

  /**
   * The bytes of a text.
   *
   * @param former the bytes that the text was read from, before it was changed
   */
  public static byte[] encoded(String text, byte[] former) {
    return text.getBytes(charset(former));
  }

  /** A text with a character for each byte that it has in UTF-8. */
  public static String bytewise(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  private static Charset charset(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException other) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}

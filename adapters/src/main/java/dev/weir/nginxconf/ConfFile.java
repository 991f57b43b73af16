package dev.weir.nginxconf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file of an nginx configuration, as it was read. */
public record ConfFile(Path path, ConfText conf) {

  /**
   * Reads a file.
   *
   * @throws ConfException for what is no nginx configuration
   */
  public static ConfFile read(Path path) throws IOException {
    return new ConfFile(path, ConfText.parse(decoded(Files.readAllBytes(path))));
  }

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

  /** nginx knows no character sets: what is no UTF-8 is kept as it is, a character for a byte. */
  private static Charset charset(byte[] bytes) {
    try {
      var _ = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return StandardCharsets.UTF_8;
    } catch (CharacterCodingException other) {
      return StandardCharsets.ISO_8859_1;
    }
  }
}

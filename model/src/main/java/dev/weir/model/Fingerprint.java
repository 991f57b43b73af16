package dev.weir.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a content: equal for equal content, different for different content.
 *
 * @param hex 32 lower-case hexadecimal digits, the first half of a SHA-256
 */
public record Fingerprint(String hex) {

  private static final int BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

  public Fingerprint {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "fingerprint: %s (expected: 32 hexadecimal digits)".formatted(Quoted.of(hex)));
    }
  }

  /** Of one text. */
  public static Fingerprint of(String text) {
    return digest().add(text).finish();
  }

  /** Starts a fingerprint over several texts, each told apart from the next. */
  public static Digest digest() {
    return new Digest();
  }

  @Override
  public String toString() {
    return hex;
  }

  /** Gathers texts; used once, by one thread. */
  public static final class Digest {

    private final MessageDigest sha;

    private Digest() {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    /** Adds a text, its length first, so that no two sequences meet in one fingerprint. */
    public Digest add(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      int n = bytes.length;
      sha.update(new byte[] {(byte) (n >>> 24), (byte) (n >>> 16), (byte) (n >>> 8), (byte) n});
      sha.update(bytes);
      return this;
    }

    public Fingerprint finish() {
      return new Fingerprint(HexFormat.of().formatHex(sha.digest(), 0, BYTES));
    }
  }
}

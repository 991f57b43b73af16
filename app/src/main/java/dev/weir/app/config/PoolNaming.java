package dev.weir.app.config;

import dev.weir.model.PoolId;
import dev.weir.spi.Shape;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * How the pools of a set are called: a pattern such as {@code svc_{service}}. Whatever a pool's key
 * is, its name is safe and a function of the key alone: characters that names do not have become
 * {@code _}, and six hex digits of the key tell such names apart.
 *
 * @param pattern with the variable in it
 * @param variable what the key stands for, in braces
 */
record PoolNaming(String pattern, String variable) {

  /** How a pattern is written. */
  static final Shape<String> SHAPE =
      Shape.scalar("a name with {...} in it, such as svc_{service}", text -> text);

  private static final int LONGEST = 128;
  private static final int DIGITS = 6;

  /**
   * Checks the pattern.
   *
   * @throws IllegalArgumentException when it has no variable, another one, or makes no names
   */
  PoolNaming {
    String braced = "{" + variable + "}";
    String rest = pattern.replace(braced, "");
    if (rest.equals(pattern) || !rest.matches("[A-Za-z0-9_.-]*")) {
      throw new IllegalArgumentException(
          "pool: %s (expected: a name of A-Z a-z 0-9 _ . - with %s in it)"
              .formatted(pattern, braced));
    }
  }

  /** The name of the pool with this key. */
  PoolId name(String key) {
    String safe = key.replaceAll("[^A-Za-z0-9_.-]", "_");
    String name = pattern.replace("{" + variable + "}", safe);
    boolean hidden = name.isEmpty() || name.startsWith(".") || name.startsWith("-");
    String plain = hidden ? "_" + name : name;
    if (safe.equals(key) && !hidden && plain.length() <= LONGEST) {
      return new PoolId(plain);
    }
    String kept = plain.substring(0, Math.min(plain.length(), LONGEST - DIGITS - 1));
    return new PoolId(kept + "_" + digits(key));
  }

  private static String digits(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

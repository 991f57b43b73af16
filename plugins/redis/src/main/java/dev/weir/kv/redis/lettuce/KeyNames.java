package dev.weir.kv.redis.lettuce;

import java.nio.charset.StandardCharsets;

/**
 * What the keys at and below a prefix are called in Redis.
 *
 * @param prefix as Weir writes it: {@code /app} or {@code /app/}
 * @param separator what stands for the slash in Redis; with another than the slash, names have none
 *     in front: {@code app:members:a}
 */
record KeyNames(String prefix, String separator) {

  private static final String SLASH = "/";

  /** The prefix without a slash at its end: it may be a key itself, or a hash. */
  String own() {
    return prefix.endsWith(SLASH) ? prefix.substring(0, prefix.length() - 1) : prefix;
  }

  /** What everything below the prefix begins with. */
  String folder() {
    return own() + SLASH;
  }

  /** Whether the prefix itself counts, not only what is below it. */
  boolean takesOwn() {
    return !prefix.endsWith(SLASH);
  }

  /** A key's name in Redis. */
  byte[] name(String key) {
    return text(key).getBytes(StandardCharsets.UTF_8);
  }

  private String text(String key) {
    return separator.equals(SLASH) ? key : key.substring(1).replace(SLASH, separator);
  }

  /** The key of a name in Redis. */
  String key(byte[] name) {
    String text = new String(name, StandardCharsets.UTF_8);
    return separator.equals(SLASH) ? text : SLASH + text.replace(separator, SLASH);
  }

  /** A pattern for the names of everything below the prefix. */
  byte[] pattern() {
    return (literal(text(folder())) + "*").getBytes(StandardCharsets.UTF_8);
  }

  /** Patterns for the channels on which Redis tells of keys at and below the prefix. */
  byte[][] channels(int database) {
    String channel = "__keyspace@%d__:".formatted(database);
    String below = channel + literal(text(folder())) + "*";
    String itself = channel + (own().isEmpty() ? "" : literal(text(own())));
    return new byte[][] {
      below.getBytes(StandardCharsets.UTF_8), itself.getBytes(StandardCharsets.UTF_8)
    };
  }

  /** A text that a pattern of Redis takes as it is. */
  private static String literal(String text) {
    return text.replaceAll("([*?\\[\\]^\\\\])", "\\\\$1");
  }
}

package dev.weir.spi;

import java.io.IOException;
import java.util.SortedMap;

/**
 * A store of texts under keys that are paths: {@code /mysql/members/a}. Every key begins with a
 * slash, whatever the store itself calls it. Safe for several threads, one watch in each.
 *
 * <p>Promises, proved by the key-value store contract test: what is told is all that there is,
 * never a part of it; that a store cannot be read is an exception and never an empty map; a store
 * that was recreated, compacted or restored is read anew; an unchanged store is asked only as often
 * as it takes to notice that it is gone.
 */
public interface KeyValueStore extends AutoCloseable {

  /**
   * Tells what is at a key and below it, all of it at once, then again whenever that has changed,
   * until it fails.
   *
   * @param prefix {@code /app}: the key itself and the keys below it, not {@code /apple}; {@code
   *     /app/}: only the keys below it
   * @throws RefusedException when the store refuses: credentials, permission
   * @throws IOException when the store cannot be read, or not any more; the caller tries again
   * @throws InterruptedException within a second of the interrupt, with nothing left open
   */
  void watch(String prefix, Sink sink) throws IOException, InterruptedException;

  /** Ends what watches have in common; called when no watch runs. */
  @Override
  void close();

  /** Takes what a watch tells; never blocks for long. */
  @FunctionalInterface
  interface Sink {
    /**
     * All keys with their values.
     *
     * @param pairs immutable; values are UTF-8, malformed bytes replaced
     */
    void pairs(SortedMap<String, String> pairs);
  }

  /**
   * Refuses what is no prefix.
   *
   * @throws IllegalArgumentException with the value and what was expected
   */
  static String checkPrefix(String prefix) {
    if (!prefix.startsWith("/") || prefix.contains("//")) {
      throw new IllegalArgumentException(
          "prefix: %s (expected: a path that begins with /, such as /app/members)"
              .formatted(prefix));
    }
    return prefix;
  }
}

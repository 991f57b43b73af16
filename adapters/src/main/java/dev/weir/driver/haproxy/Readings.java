package dev.weir.driver.haproxy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What the last few texts of a file say, newest first: the one on disk, the one that waits to be,
 * the one that is planned. With thousands of servers a text is half a megabyte, so that it is
 * looked for as an instance first, and neither hashed nor, in the common case, compared. Used by
 * one thread.
 *
 * @param <T> what a text says
 */
final class Readings<T> {

  private static final int KEPT = 4;

  private final Deque<Reading<T>> known = new ArrayDeque<>();
  private final Function<String, T> reader;

  /**
   * @param reader reads a text; pure
   */
  Readings(Function<String, T> reader) {
    this.reader = reader;
  }

  private record Reading<T>(String text, T parsed) {}

  /** What a text says; read only if it is not among the last ones. */
  T of(String text) {
    Optional<Reading<T>> found = find(reading -> isSame(reading.text(), text));
    if (found.isEmpty()) {
      T parsed =
          find(reading -> reading.text().equals(text))
              .map(Reading::parsed)
              .orElseGet(() -> reader.apply(text));
      know(text, parsed);
      return parsed;
    }
    return found.get().parsed();
  }

  /** Remembers what this text says. */
  void know(String text, T parsed) {
    known.addFirst(new Reading<>(text, parsed));
    if (known.size() > KEPT) {
      known.removeLast();
    }
  }

  private Optional<Reading<T>> find(Predicate<Reading<T>> wanted) {
    return known.stream().filter(wanted).findFirst();
  }

  @SuppressWarnings("ReferenceEquality") // an equal one is looked for afterwards
  private static boolean isSame(String a, String b) {
    return a == b;
  }
}

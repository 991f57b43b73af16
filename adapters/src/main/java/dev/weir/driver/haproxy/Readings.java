package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the last few texts of Weir's file say, newest first: the one on disk, the one that waits to
 * be, the one that is planned. With thousands of servers a text is half a megabyte, so that it is
 * looked for as an instance first, and neither hashed nor, in the common case, compared. Used by
 * one thread.
 */
final class Readings {

  private static final int KEPT = 4;

  private final Deque<Reading> known = new ArrayDeque<>();

  private record Reading(String text, Parsed parsed) {}

  /** What a text says; read only if it is not among the last ones. */
  Parsed of(String text) {
    Optional<Reading> found = find(reading -> isSame(reading.text(), text));
    if (found.isEmpty()) {
      Parsed parsed =
          find(reading -> reading.text().equals(text))
              .map(Reading::parsed)
              .orElseGet(() -> ConfigText.parse(text));
      know(text, parsed);
      return parsed;
    }
    return found.get().parsed();
  }

  /** Remembers what this text says. */
  void know(String text, Parsed parsed) {
    known.addFirst(new Reading(text, parsed));
    if (known.size() > KEPT) {
      known.removeLast();
    }
  }

  private Optional<Reading> find(Predicate<Reading> wanted) {
    return known.stream().filter(wanted).findFirst();
  }

  @SuppressWarnings("ReferenceEquality") // an equal one is looked for afterwards
  private static boolean isSame(String a, String b) {
    return a == b;
  }
}

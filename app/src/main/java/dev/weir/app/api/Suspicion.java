package dev.weir.app.api;

import dev.weir.engine.journal.Journal;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.spi.Durations;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Notices that somebody tries tokens: so many wrong ones at one listener within a minute are an
 * event in the journal, and so are as many more. Safe for any thread.
 */
final class Suspicion {

  static final int MANY = 5;
  private static final Duration WITHIN = Duration.ofMinutes(1);

  private final Journal journal;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();

  /** When wrong tokens were shown, by the listener, the oldest first; guarded by lock. */
  private final Map<String, Deque<Long>> wrong = new HashMap<>();

  Suspicion(Journal journal, Time time) {
    this.journal = journal;
    this.time = time;
  }

  /** A wrong token was shown. */
  void wrongToken(String listener) {
    if (isMany(listener)) {
      journal.record(
          Event.of(
              time.now(),
              EventKind.ACCESS_DENIED,
              Event.Subject.WEIR,
              "%d wrong tokens within %s at %s"
                  .formatted(MANY, Durations.format(WITHIN), listener)));
    }
  }

  private boolean isMany(String listener) {
    long now = time.nanos();
    lock.lock();
    try {
      Deque<Long> times = wrong.computeIfAbsent(listener, ignored -> new ArrayDeque<>());
      while (!times.isEmpty() && now - times.getFirst() > WITHIN.toNanos()) {
        times.removeFirst();
      }
      times.addLast(now);
      boolean many = times.size() == MANY;
      if (many) {
        times.clear();
      }
      return many;
    } finally {
      lock.unlock();
    }
  }
}

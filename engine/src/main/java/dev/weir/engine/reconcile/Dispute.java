package dev.weir.engine.reconcile;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Counts how often a proxy was put right against somebody else. Two who repair each other's work
 * for ever help nobody. Used by one thread; knows no clock.
 */
final class Dispute {
  static final int MOST = 3;
  static final Duration WITHIN = Duration.ofMinutes(10);

  private final Deque<Long> times = new ArrayDeque<>();

  /**
   * It was changed again.
   *
   * @param now nanoseconds of a monotonic clock
   * @return whether that was once too often
   */
  boolean again(long now) {
    while (!times.isEmpty() && now - times.getFirst() > WITHIN.toNanos()) {
      times.removeFirst();
    }
    times.addLast(now);
    return times.size() >= MOST;
  }

  /** From now on it is counted anew. */
  void settle() {
    times.clear();
  }
}

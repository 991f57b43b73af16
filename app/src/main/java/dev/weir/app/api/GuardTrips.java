package dev.weir.app.api;

import dev.weir.engine.journal.Journal;
import dev.weir.model.EventKind;
import dev.weir.model.PoolId;
import dev.weir.spi.EventStore.Stored;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Counts from the journal how often each pool's guard began to act. Safe for any thread. */
final class GuardTrips {

  private static final int BATCH = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Trip, Long> counts = new HashMap<>(); // guarded by lock
  private long seen; // guarded by lock

  /** Against what the guard acted. */
  enum Cause {
    DISCOVERY,
    PROBE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Trip(PoolId pool, Cause cause) {}

  /** Counts from here on. */
  GuardTrips(Journal journal) {
    this.seen = journal.newest();
  }

  /** Counts what was journalled since the last time. */
  void catchUp(Journal journal) {
    lock.lock();
    try {
      List<Stored> news = journal.after(seen, BATCH);
      while (!news.isEmpty()) {
        news.forEach(this::count);
        seen = news.getLast().id();
        news = journal.after(seen, BATCH);
      }
    } finally {
      lock.unlock();
    }
  }

  /** How often since the start. */
  long of(PoolId pool, Cause cause) {
    lock.lock();
    try {
      return counts.getOrDefault(new Trip(pool, cause), 0L);
    } finally {
      lock.unlock();
    }
  }

  private void count(Stored stored) {
    EventKind kind = stored.event().kind();
    Optional<Cause> cause =
        kind == EventKind.GUARD_HELD
            ? Optional.of(Cause.DISCOVERY)
            : kind == EventKind.MEMBER_KEPT ? Optional.of(Cause.PROBE) : Optional.empty();
    Optional<PoolId> pool = stored.event().subject().pool();
    if (cause.isPresent() && pool.isPresent()) {
      counts.merge(new Trip(pool.get(), cause.get()), 1L, Long::sum);
    }
  }
}

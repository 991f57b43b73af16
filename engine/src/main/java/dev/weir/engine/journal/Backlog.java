package dev.weir.engine.journal;

import dev.weir.engine.run.Backoff;
import dev.weir.model.EventKind;
import dev.weir.spi.EventStore;
import dev.weir.spi.EventStore.Stored;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events on their way to log and store, which one thread writes in batches. The log is written at
 * once; so is the store for the first events after a calm time and for whatever people decided, and
 * what follows is folded into one write a second, because each waits for the disk. While the store
 * fails, the log goes on, and up to 20,000 events wait. Adding is safe for any thread.
 */
final class Backlog {
  private static final Logger LOG = LoggerFactory.getLogger(Backlog.class);
  static final int MOST_UNWRITTEN = 20_000;
  private static final Duration FOLD = Duration.ofSeconds(1);
  private static final Backoff.Limits RETRY =
      new Backoff.Limits(Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofMinutes(1));

  private final EventStore store;
  private final Time time;
  private final Backoff backoff;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private long nextWriteNanos; // the writing thread only
  // all below: guarded by lock
  private final Deque<Stored> unlogged = new ArrayDeque<>();
  private final Deque<Stored> unwritten = new ArrayDeque<>();
  private long dropped;
  private boolean storeFails;

  Backlog(EventStore store, Time time) {
    this.store = store;
    this.time = time;
    this.backoff = new Backoff(RETRY, new SplittableRandom(time.nanos()));
    this.nextWriteNanos = time.nanos();
  }

  void add(Stored event) {
    lock.lock();
    try {
      unlogged.addLast(event);
      unwritten.addLast(event);
      if (unwritten.size() > MOST_UNWRITTEN) {
        unwritten.removeFirst();
        dropped++;
      }
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Journal.State state(Map<EventKind, Long> counts) {
    lock.lock();
    try {
      return new Journal.State(counts, unwritten.size(), dropped, storeFails);
    } finally {
      lock.unlock();
    }
  }

  /** Writes until interrupted. */
  void run() throws InterruptedException {
    while (true) {
      awaitEvents();
      log();
      while (!holdsDecision() && awaitEventsUntil(nextWriteNanos)) {
        log();
      }
      if (keep()) {
        backoff.reset();
      } else {
        retryUntilKept();
      }
      nextWriteNanos = time.nanos() + FOLD.toNanos();
    }
  }

  /** Whether something waits for the store that a person has done. */
  private boolean holdsDecision() {
    return copyOfUnwritten().stream().anyMatch(stored -> stored.event().by().isPresent());
  }

  /** Writes what is left, once {@link #run} has ended. */
  void finish() {
    log();
    if (!keep()) {
      LOG.error("{} events could not be kept", copyOfUnwritten().size());
    }
  }

  private void awaitEvents() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (unlogged.isEmpty()) {
        arrived.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** While the store fails, the log goes on. */
  private void retryUntilKept() throws InterruptedException {
    do {
      long deadline = time.nanos() + backoff.failed(time.nanos()).toNanos();
      while (awaitEventsUntil(deadline)) {
        log();
      }
    } while (!keep());
  }

  /** Whether there are events to log, before the deadline. */
  private boolean awaitEventsUntil(long deadlineNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadlineNanos - time.nanos();
      while (unlogged.isEmpty() && left > 0) {
        time.await(lock, arrived, Duration.ofNanos(left));
        left = deadlineNanos - time.nanos();
      }
      return left > 0;
    } finally {
      lock.unlock();
    }
  }

  private void log() {
    drainUnlogged().forEach(stored -> EventLog.write(stored.event()));
  }

  /** Whether nothing is left that could not be kept. */
  private boolean keep() {
    List<Stored> events = copyOfUnwritten();
    if (events.isEmpty()) {
      return true;
    }
    try {
      store.append(events);
      kept(events.getLast().id());
      return true;
    } catch (StoreException e) {
      failed(e);
      return false;
    }
  }

  private void kept(long upTo) {
    lock.lock();
    try {
      unwritten.removeIf(stored -> stored.id() <= upTo);
      if (storeFails) {
        storeFails = false;
        LOG.info("events are kept again");
      }
    } finally {
      lock.unlock();
    }
  }

  private void failed(StoreException e) {
    lock.lock();
    try {
      if (!storeFails) {
        storeFails = true;
        LOG.error("events cannot be kept for now: {}", e.getMessage());
      }
    } finally {
      lock.unlock();
    }
  }

  private List<Stored> drainUnlogged() {
    lock.lock();
    try {
      List<Stored> all = List.copyOf(unlogged);
      unlogged.clear();
      return all;
    } finally {
      lock.unlock();
    }
  }

  private List<Stored> copyOfUnwritten() {
    lock.lock();
    try {
      return List.copyOf(unwritten);
    } finally {
      lock.unlock();
    }
  }
}

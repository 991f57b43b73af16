package dev.weir.engine.journal;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.spi.EventStore;
import dev.weir.spi.EventStore.Stored;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened, in order and numbered. Recording costs its caller nothing: the log and the store
 * are written in the background, in batches, by whoever runs {@link #run}. The newest 5,000 are in
 * memory, older ones are read from the store. Safe for any thread.
 */
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int KEPT = 5_000;

  /** As many numbers as a Weir that was killed can have given out without keeping the events. */
  private static final int SKIPPED = Backlog.MOST_UNWRITTEN;

  private final EventStore store;
  private final Time time;
  private final Backlog backlog;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  // all below: guarded by lock
  private final Deque<Stored> recent = new ArrayDeque<>();
  private final Map<EventKind, Long> counts = new EnumMap<>(EventKind.class);
  private long newest;

  private final boolean afterKill;

  private Journal(EventStore store, Time time, Optional<Stored> last) {
    this.store = store;
    this.time = time;
    this.backlog = new Backlog(store, time);
    this.afterKill =
        last.filter(stored -> stored.event().kind() != EventKind.WEIR_STOPPED).isPresent();
    this.newest = last.map(Stored::id).orElse(0L) + (afterKill ? SKIPPED : 0);
    for (EventKind kind : EventKind.values()) {
      counts.put(kind, 0L);
    }
  }

  /**
   * A journal that continues where the store ends. No number is given out twice: where the last
   * Weir did not end in the ordinary way, those that it may have used are skipped.
   *
   * @throws StoreException when the store cannot be read
   */
  public static Journal open(EventStore store, Time time) throws StoreException {
    List<Stored> last = store.eventsAfter(store.newestEvent() - 1, 1);
    return new Journal(store, time, last.stream().findFirst());
  }

  /** Whether the last Weir ended without saying so, and what it did last may not be kept. */
  public boolean afterKill() {
    return afterKill;
  }

  /** Takes note of an event; never blocks for long. */
  public void record(Event event) {
    lock.lock();
    try {
      Stored stored = new Stored(++newest, event);
      counts.merge(event.kind(), 1L, Long::sum);
      recent.addLast(stored);
      if (recent.size() > KEPT) {
        recent.removeFirst();
      }
      backlog.add(stored);
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * The events after one that is known.
   *
   * @param id of the last event already known; 0 for the beginning of what is kept
   * @param limit at most so many; more than zero
   */
  public List<Stored> after(long id, int limit) {
    long firstRecent;
    lock.lock();
    try {
      firstRecent = recent.isEmpty() ? newest + 1 : recent.getFirst().id();
      if (id + 1 >= firstRecent) {
        return recentAfter(id, limit);
      }
    } finally {
      lock.unlock();
    }
    List<Stored> older = fromStore(id, firstRecent, limit);
    return older.size() >= limit ? older : joined(older, firstRecent, limit);
  }

  /**
   * As {@link #after}, but waits for one where there is none yet.
   *
   * @param atMost zero or less: does not wait
   * @return empty when nothing happened in that time
   */
  public List<Stored> awaitAfter(long id, int limit, Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      long left = atMost.toNanos();
      while (newest <= id && left > 0) {
        time.await(lock, arrived, Duration.ofNanos(left));
        left = deadline - time.nanos();
      }
    } finally {
      lock.unlock();
    }
    return after(id, limit);
  }

  /** The number of the newest event; 0 when there never was one. */
  public long newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  /** How the journal is doing. */
  public State state() {
    lock.lock();
    try {
      return backlog.state(counts);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param counts of each kind since the start
   * @param unwritten not in the store yet
   * @param dropped never to be in the store, because it failed for so long
   */
  public record State(
      Map<EventKind, Long> counts, int unwritten, long dropped, boolean storeFails) {
    public State {
      counts = Collections.unmodifiableMap(new EnumMap<>(counts));
    }
  }

  /** Writes log and store until interrupted; to be run by one thread. */
  public void run() throws InterruptedException {
    backlog.run();
  }

  /** Writes what is left, once {@link #run} has ended. */
  @Override
  public void close() {
    backlog.finish();
  }

  private List<Stored> recentAfter(long id, int limit) {
    List<Stored> found = new ArrayList<>();
    Iterator<Stored> newestFirst = recent.descendingIterator();
    while (newestFirst.hasNext()) {
      Stored stored = newestFirst.next();
      if (stored.id() <= id) {
        break; // who follows asks for the last few of thousands
      }
      found.add(stored);
    }
    return List.copyOf(found.reversed().subList(0, Math.min(limit, found.size())));
  }

  private List<Stored> fromStore(long id, long before, int limit) {
    try {
      return store.eventsAfter(id, limit).stream().filter(s -> s.id() < before).toList();
    } catch (StoreException e) {
      LOG.warn("older events cannot be read: {}", e.getMessage());
      return List.of();
    }
  }

  private List<Stored> joined(List<Stored> older, long firstRecent, int limit) {
    List<Stored> all = new ArrayList<>(older);
    lock.lock();
    try {
      all.addAll(recentAfter(firstRecent - 1, limit - older.size()));
    } finally {
      lock.unlock();
    }
    return List.copyOf(all);
  }
}

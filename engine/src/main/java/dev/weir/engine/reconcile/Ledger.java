package dev.weir.engine.reconcile;

import dev.weir.model.FileContent;
import dev.weir.model.Outcome;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.spi.RevisionStore;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions that were applied, of all proxies in one series of numbers that goes on over
 * restarts. Adding one costs its caller nothing: the store is written in the background, by whoever
 * runs {@link #run}, the first revision after a calm time at once, what follows within a second.
 * Outlives the reconcilers that write it. Safe for any thread.
 */
public final class Ledger implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

  /** Revisions that wait for a store that fails; then the oldest are given up. */
  private static final int MOST_WAITING = 1_000;

  /** Many changes in a row are written together: each write waits for the disk. */
  private static final Duration FOLD = Duration.ofSeconds(1);

  private static final Duration RETRY = Duration.ofSeconds(2);

  private final RevisionStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  // all below: guarded by lock
  private final Deque<Revision> waiting = new ArrayDeque<>();
  private final Map<ProxyName, Long> newest = new HashMap<>();
  private final Map<ProxyName, List<FileContent>> files = new HashMap<>();
  private long last;

  private Ledger(RevisionStore store, long last) {
    this.store = store;
    this.last = last;
  }

  /** A ledger that keeps nothing; its numbers begin at 1. */
  public static Ledger inMemory() {
    return new Ledger(RevisionStore.NONE, 0);
  }

  /**
   * A ledger that continues where the store ends.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  public static Ledger open(RevisionStore store) throws StoreException {
    return new Ledger(store, store.newestRevision());
  }

  /**
   * A ledger that continues after a Weir that was killed: the numbers that one may have given out
   * without keeping the revisions are skipped, so that none is given out twice.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  public static Ledger openAfterKill(RevisionStore store) throws StoreException {
    return new Ledger(store, store.newestRevision() + MOST_WAITING);
  }

  /** The number of a proxy's newest revision in this run; 0 when there is none. */
  public long newest(ProxyName proxy) {
    lock.lock();
    try {
      return newest.getOrDefault(proxy, 0L);
    } finally {
      lock.unlock();
    }
  }

  /**
   * How it was done.
   *
   * @param at when it was read back
   * @param took from the start of applying until then
   */
  record Done(Outcome.Way way, Instant at, Duration took) {}

  /**
   * Adds what was applied, as the next revision. Files that the plan left alone are as with the one
   * before; for the first of a run that one is read from the store.
   */
  Revision add(ProxyName proxy, Prepared.ToDo todo, Done done) {
    List<FileContent> written = Wording.files(todo.plan());
    lock.lock();
    try {
      List<FileContent> all = with(files.computeIfAbsent(proxy, this::keptFiles), written);
      files.put(proxy, all);
      Revision revision =
          new Revision(
              ++last,
              proxy,
              done.at(),
              todo.desired(),
              done.way(),
              todo.plan().changes(),
              all,
              done.took());
      newest.put(proxy, revision.number());
      waiting.addLast(revision);
      if (waiting.size() > MOST_WAITING) {
        waiting.removeFirst();
      }
      arrived.signalAll();
      return revision;
    } finally {
      lock.unlock();
    }
  }

  /** None where the newest cannot be read: what an older one had may be wrong by now. */
  private List<FileContent> keptFiles(ProxyName proxy) {
    try {
      long newest = store.newestRevision(Optional.of(proxy));
      return store.revisions(Optional.of(proxy), Long.MAX_VALUE, 1).stream()
          .filter(revision -> revision.number() == newest)
          .findFirst()
          .map(Revision::files)
          .orElse(List.of());
    } catch (StoreException e) {
      LOG.warn("proxy {}: its former files are not known: {}", proxy, e.getMessage());
      return List.of();
    }
  }

  private static List<FileContent> with(List<FileContent> before, List<FileContent> written) {
    Map<Path, FileContent> all = new LinkedHashMap<>();
    before.forEach(file -> all.put(file.file(), file));
    written.forEach(file -> all.put(file.file(), file));
    return List.copyOf(all.values());
  }

  /**
   * Reads, the newest first.
   *
   * @param proxy absent for all proxies
   * @param before only those with smaller numbers
   * @param limit at most so many
   * @throws StoreException when the store is damaged or cannot be read
   */
  public List<Revision> revisions(Optional<ProxyName> proxy, long before, int limit)
      throws StoreException {
    SortedMap<Long, Revision> found = new TreeMap<>(Comparator.reverseOrder());
    for (Revision revision : unwritten()) {
      if (revision.number() < before && proxy.map(revision.proxy()::equals).orElse(true)) {
        found.put(revision.number(), revision);
      }
    }
    store.revisions(proxy, before, limit).forEach(it -> found.putIfAbsent(it.number(), it));
    return found.values().stream().limit(limit).toList();
  }

  /**
   * One revision; absent where it is not kept.
   *
   * @throws StoreException when the store is damaged or cannot be read
   */
  public Optional<Revision> find(long number) throws StoreException {
    return revisions(Optional.empty(), number + 1, 1).stream()
        .filter(revision -> revision.number() == number)
        .findFirst();
  }

  /**
   * Writes the store until interrupted; to be run by one thread.
   *
   * @param time for the waits between writes
   */
  public void run(Time time) throws InterruptedException {
    while (true) {
      await();
      time.sleep(write() ? FOLD : RETRY);
    }
  }

  /** Writes what is left, once {@link #run} has ended. */
  @Override
  public void close() {
    var _ = write();
  }

  /** Whether nothing is left that could not be kept. */
  private boolean write() {
    List<Revision> next = unwritten();
    if (next.isEmpty()) {
      return true;
    }
    try {
      store.appendRevisions(next);
      written(next);
      return true;
    } catch (StoreException e) {
      LOG.warn(
          "{} revisions, the first {}, are not kept yet: {}",
          next.size(),
          next.getFirst().number(),
          e.getMessage());
      return false;
    }
  }

  private void await() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty()) {
        arrived.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void written(List<Revision> revisions) {
    long last = revisions.getLast().number();
    lock.lock();
    try {
      waiting.removeIf(revision -> revision.number() <= last);
    } finally {
      lock.unlock();
    }
  }

  private List<Revision> unwritten() {
    lock.lock();
    try {
      return List.copyOf(waiting);
    } finally {
      lock.unlock();
    }
  }
}

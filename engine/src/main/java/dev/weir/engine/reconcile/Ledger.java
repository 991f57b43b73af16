package dev.weir.engine.reconcile;

import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The revisions that were applied to one proxy, the newest hundred of them. Outlives the reconciler
 * that writes it when a proxy is configured anew. Safe for any thread.
 */
public final class Ledger {
  private static final int KEPT = 100;

  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<Revision> revisions = new ArrayDeque<>(); // guarded by lock
  private long newest; // guarded by lock

  /** The revisions kept, oldest first. */
  public List<Revision> revisions() {
    lock.lock();
    try {
      return List.copyOf(revisions);
    } finally {
      lock.unlock();
    }
  }

  /** The number of the newest revision; 0 when there is none. */
  public long newest() {
    lock.lock();
    try {
      return newest;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Adds what was applied, as the next revision.
   *
   * @param took from the start of applying until it was read back
   */
  Revision add(Prepared.ToDo todo, Outcome.Way way, Instant at, Duration took) {
    DesiredState state = todo.desired();
    lock.lock();
    try {
      Revision revision =
          new Revision(
              ++newest,
              at,
              state.generation(),
              state.fingerprint(),
              way,
              todo.plan().changes(),
              took);
      revisions.addLast(revision);
      if (revisions.size() > KEPT) {
        revisions.removeFirst();
      }
      return revision;
    } finally {
      lock.unlock();
    }
  }
}

package dev.weir.testkit;

import dev.weir.spi.KeyValueStore;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A prefix of a store that is being watched on a thread of its own, again whenever that fails, and
 * all that was told.
 */
public final class WatchedStore implements AutoCloseable {

  private static final Duration AGAIN = Duration.ofMillis(20);

  private final Duration patience;
  private final Thread thread;

  /** Everything told so far; guarded by itself, which is notified of every addition. */
  private final List<Told> told = new ArrayList<>();

  /** What a watch had to say. */
  public sealed interface Told {
    /** All that there is. */
    record Pairs(Map<String, String> pairs) implements Told {}

    /** That it cannot be read. */
    record Failed(IOException reason) implements Told {}
  }

  private WatchedStore(KeyValueStore store, String prefix, Duration patience) {
    this.patience = patience;
    this.thread = Thread.ofVirtual().name("watched-store").unstarted(() -> run(store, prefix));
  }

  /**
   * Starts watching.
   *
   * @param patience how long the awaiting methods wait
   */
  public static WatchedStore start(KeyValueStore store, String prefix, Duration patience) {
    WatchedStore watched = new WatchedStore(store, prefix, patience);
    watched.thread.start();
    return watched;
  }

  private void run(KeyValueStore store, String prefix) {
    try {
      while (true) {
        try {
          store.watch(prefix, pairs -> take(new Told.Pairs(pairs)));
          throw new IllegalStateException("watch returned");
        } catch (IOException failed) {
          take(new Told.Failed(failed));
          LockSupport.parkNanos(AGAIN.toNanos());
        }
      }
    } catch (InterruptedException expected) {
      // what an interrupt asks for
    }
  }

  private void take(Told what) {
    synchronized (told) {
      told.add(what);
      told.notifyAll();
    }
  }

  /** How much was told so far. */
  public int count() {
    synchronized (told) {
      return told.size();
    }
  }

  /** Everything told so far, oldest first. */
  public List<Told> told() {
    synchronized (told) {
      return List.copyOf(told);
    }
  }

  /** Waits until exactly these pairs are told, after so much that is skipped. */
  public void awaitPairs(int from, Map<String, String> pairs) throws InterruptedException {
    Told ignored = await(from, pairs.toString(), what -> what.equals(new Told.Pairs(pairs)));
  }

  /** Waits until exactly these pairs are told. */
  public void awaitPairs(Map<String, String> pairs) throws InterruptedException {
    awaitPairs(0, pairs);
  }

  /** Waits for a failure. */
  public IOException awaitFailure(int from) throws InterruptedException {
    return ((Told.Failed) await(from, "a failure", Told.Failed.class::isInstance)).reason();
  }

  private Told await(int from, String what, Predicate<Told> wanted) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (told) {
      while (true) {
        Optional<Told> found = told.stream().skip(from).filter(wanted).findFirst();
        if (found.isPresent()) {
          return found.get();
        }
        long left = deadline - System.nanoTime();
        if (left <= 0 || !thread.isAlive()) {
          throw new AssertionError("not told of " + what + " within " + patience + ": " + told);
        }
        told.wait(left / 1_000_000 + 1);
      }
    }
  }

  /** Interrupts the watch and waits for its end; tells how long that took. */
  public Duration stop() throws InterruptedException {
    long begin = System.nanoTime();
    thread.interrupt();
    if (!thread.join(patience)) {
      throw new AssertionError("still watching " + patience + " after the interrupt");
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.weir.source.docker;

import dev.weir.net.HttpCalls;
import dev.weir.net.HttpTarget;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one Docker Engine for all sources that look at it, on a thread of its own, and keeps the
 * latest that is known. After a lost connection it connects again at once, and says that the engine
 * cannot be reached only when that fails.
 */
final class EngineWatch {

  private static final Logger LOG = LoggerFactory.getLogger(EngineWatch.class);

  private final HttpTarget target;
  private final Time time;
  private final Pace pace;
  private final EngineState state = new EngineState(); // the thread's own
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** The latest; written by the thread, guarded by the lock. */
  private Seen latest = new Seen(0, new Snapshot.Unknown());

  /**
   * A snapshot with its number.
   *
   * @param version grows with every change, from 1; 0 before anything is known
   */
  record Seen(long version, Snapshot snapshot) {}

  EngineWatch(HttpTarget target, Time time, Pace pace) {
    this.target = target;
    this.time = time;
    this.pace = pace;
    this.thread = Thread.ofVirtual().name("docker-" + target).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Ends it; returns when its thread and connections have ended. */
  void stop() {
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a snapshot with another number than this. */
  Seen await(long version) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (latest.version() == version) {
        changed.await();
      }
      return latest;
    } finally {
      lock.unlock();
    }
  }

  private void publish(Snapshot snapshot) {
    lock.lock();
    try {
      if (!latest.snapshot().equals(snapshot)) {
        latest = new Seen(latest.version() + 1, snapshot);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      int failures = 0;
      while (true) {
        long begin = time.nanos();
        boolean wasUp = session();
        boolean lasted = time.nanos() - begin > pace.longestPause().toNanos();
        failures = wasUp ? 0 : failures + 1;
        time.sleep(wasUp && lasted ? Duration.ZERO : pace.pauseAfter(Math.max(1, failures)));
      }
    } catch (InterruptedException ended) {
      // nobody looks any more
    }
  }

  /** Follows the engine until that fails; tells whether it answered in between. */
  private boolean session() throws InterruptedException {
    Answering answering = new Answering();
    try (HttpCalls calls = HttpCalls.to(target)) {
      EngineApi api = EngineApi.negotiate(calls, target, pace.timeout());
      new EngineSession(api, state, answering::publish).follow(pace.resync());
    } catch (IOException lost) {
      failed(answering, String.valueOf(lost.getMessage()));
    } catch (RuntimeException broken) {
      LOG.error("cannot follow {}", target, broken);
      failed(answering, "internal error: " + broken);
    }
    return answering.published;
  }

  private void failed(Answering answering, String reason) {
    LOG.debug("lost {}: {}", target, reason);
    if (!answering.published) {
      publish(new Snapshot.Unreachable(oneLine(reason)));
    }
  }

  private String oneLine(String reason) {
    String line = reason.replaceAll("\\R", " ");
    return line.startsWith(target.toString()) ? line : target + ": " + line;
  }

  /** Whether a session got as far as a list. */
  private final class Answering {
    private boolean published;

    void publish(Snapshot snapshot) {
      published = true;
      EngineWatch.this.publish(snapshot);
    }
  }
}

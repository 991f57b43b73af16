package dev.weir.follow;

import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An outside system that is followed on a thread of its own, and the latest that is known of it.
 * After a lost session the next begins at once; the system counts as unreachable only when that
 * fails too.
 */
final class Followed<T> {

  private static final Logger LOG = LoggerFactory.getLogger(Followed.class);

  /** How long an end is waited for. */
  private static final Duration FAREWELL = Duration.ofSeconds(3);

  /** So many sessions in a row that ended soon are worth a word. */
  private static final int SHORT_SESSIONS = 5;

  private final Follower<T> follower;
  private final Means means;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Written by the thread, guarded by the lock. */
  private Sight<T> latest = new Sight<>(0, new Seen.Nothing<>());

  /** What following needs beside the follower. */
  record Means(String name, Pace pace, Time time, RandomGenerator random) {}

  /**
   * What was seen, with its number.
   *
   * @param version grows with every change, from 1; 0 before anything is known
   */
  record Sight<T>(long version, Seen<T> seen) {}

  private Followed(Follower<T> follower, Means means) {
    this.follower = follower;
    this.means = means;
    this.thread = Thread.ofVirtual().name("follow " + means.name()).unstarted(this::run);
  }

  static <T> Followed<T> start(Follower<T> follower, Means means) {
    Followed<T> followed = new Followed<>(follower, means);
    followed.thread.start();
    return followed;
  }

  /**
   * Ends it; returns when its thread has ended, also for an interrupted caller. A thread that hangs
   * in the machine's resolver, which no interrupt reaches, is left to its fate.
   */
  void stop() {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    boolean ended = false;
    long deadline = System.nanoTime() + FAREWELL.toNanos();
    while (!ended && System.nanoTime() < deadline) {
      try {
        ended = thread.join(FAREWELL);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (!ended) {
      LOG.warn("{} does not end and is left alone", thread.getName());
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for something with another number than this. */
  Sight<T> await(long version) throws InterruptedException {
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

  private void publish(Seen<T> seen) {
    lock.lock();
    try {
      if (!latest.seen().equals(seen)) {
        latest = new Sight<>(latest.version() + 1, seen);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    int failures = 0;
    try {
      while (true) {
        long begin = means.time().nanos();
        Ending ending = session();
        boolean lasted = means.time().nanos() - begin > means.pace().longest().toNanos();
        failures = ending == Ending.LOST && lasted ? 0 : failures + 1;
        if (ending == Ending.LOST && failures == SHORT_SESSIONS) {
          LOG.warn("{} answers and is lost again, {} times in a row", means.name(), failures);
        }
        means.time().sleep(pause(ending, failures));
      }
    } catch (InterruptedException ended) {
      // nobody looks any more
    }
  }

  private Duration pause(Ending ending, int failures) {
    return switch (ending) {
      case LOST ->
          failures <= 1 ? Duration.ZERO : means.pace().pauseAfter(failures - 1, means.random());
      case FAILED -> means.pace().pauseAfter(failures, means.random());
      case REFUSED -> means.pace().longest(means.random());
    };
  }

  /** How a session came to its end. */
  private enum Ending {
    /** After something was found. */
    LOST,
    /** Before anything was. */
    FAILED,
    /** By the system's own word. */
    REFUSED
  }

  private Ending session() throws InterruptedException {
    Told told = new Told();
    try {
      follower.follow(told);
      throw new IOException("the session ended");
    } catch (RefusedException refused) {
      publish(new Seen.Unreachable<>(message(refused)));
      return Ending.REFUSED;
    } catch (IOException lost) {
      return failed(told, message(lost));
    } catch (RuntimeException broken) {
      LOG.error("cannot follow {}", means.name(), broken);
      return failed(told, "internal error: " + broken);
    }
  }

  private Ending failed(Told told, String reason) {
    LOG.debug("lost {}: {}", means.name(), reason);
    if (told.something) {
      return Ending.LOST;
    }
    publish(new Seen.Unreachable<>(reason));
    return Ending.FAILED;
  }

  private static String message(IOException failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }

  /** Takes what a session finds. */
  private final class Told implements Consumer<T> {
    private boolean something;

    @Override
    public void accept(T value) {
      something = true;
      publish(new Seen.Known<>(value));
    }
  }
}

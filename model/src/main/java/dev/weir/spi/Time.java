package dev.weir.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/** The clock and every wait that hopes for nothing but time; tests hand in a manual one. */
public interface Time {

  /** The wall clock, for what people read and what is stored. */
  Instant now();

  /** A monotonic clock in nanoseconds, for measuring and deadlines; its zero means nothing. */
  long nanos();

  /** Waits; zero or less returns at once. */
  void sleep(Duration howLong) throws InterruptedException;

  /**
   * Waits until the condition is signalled or the time is over; may also return early, so the
   * caller looks again. Zero or less returns at once.
   *
   * @param lock the condition's lock, held by the caller and given up meanwhile
   */
  void await(Lock lock, Condition condition, Duration atMost) throws InterruptedException;

  /** The machine's own clocks. */
  Time SYSTEM =
      new Time() {
        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration howLong) throws InterruptedException {
          Thread.sleep(howLong);
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, as promised above
        public void await(Lock lock, Condition condition, Duration atMost)
            throws InterruptedException {
          // the remaining time is the caller's to compute, from the clock it measures with
          long ignored = condition.awaitNanos(atMost.toNanos());
        }
      };
}

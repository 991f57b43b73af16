package dev.weir.spi;

import java.time.Duration;
import java.time.Instant;

/** The clock and every wait that hopes for nothing but time; tests hand in a manual one. */
public interface Time {

  /** The wall clock, for what people read and what is stored. */
  Instant now();

  /** A monotonic clock in nanoseconds, for measuring and deadlines; its zero means nothing. */
  long nanos();

  /** Waits; zero or less returns at once. */
  void sleep(Duration howLong) throws InterruptedException;

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
      };
}

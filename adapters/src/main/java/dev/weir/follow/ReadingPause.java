package dev.weir.follow;

import dev.weir.spi.Time;
import java.time.Duration;

/**
 * The pause between two readings of a whole store: ten times as long as the one before took, so
 * that a large store is not kept busy by whoever reads it, and a small one is followed at once.
 * Used by one thread.
 */
public final class ReadingPause {

  /** A tenth of the time is the most that is spent with reading. */
  private static final int TIMES = 10;

  private final Time time;
  private long begun;

  /** When the next reading may begin. */
  private long free;

  public ReadingPause(Time time) {
    this.time = time;
    this.begun = time.nanos();
    this.free = begun;
  }

  /** A reading begins, or begins anew. */
  public void begin() {
    begun = time.nanos();
  }

  /** The reading is done. */
  public void end() {
    long now = time.nanos();
    free = now + TIMES * (now - begun);
  }

  /**
   * Waits until the next reading may begin; what has passed since the last one counts.
   *
   * @param atLeast waited in any case, from now on
   */
  public void await(Duration atLeast) throws InterruptedException {
    time.sleep(Duration.ofNanos(Math.max(atLeast.toNanos(), free - time.nanos())));
  }
}

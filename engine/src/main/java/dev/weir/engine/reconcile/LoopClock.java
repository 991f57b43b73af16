package dev.weir.engine.reconcile;

import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;

/**
 * The clock of one proxy's loop. Safe for any thread.
 *
 * @param originNanos of the monotonic clock when the loop was made
 */
record LoopClock(Time time, long originNanos) {

  static LoopClock startingNow(Time time) {
    return new LoopClock(time, time.nanos());
  }

  /** Nanoseconds since the loop was made. */
  long now() {
    return time.nanos() - originNanos;
  }

  /** A time of the monotonic clock as one of the loop. */
  long at(long nanos) {
    return nanos - originNanos;
  }

  /** How long ago such a time was. */
  Duration since(long nanos) {
    return Duration.ofNanos(now() - nanos);
  }

  Instant instant() {
    return time.now();
  }
}

package dev.weir.source.aws;

import dev.weir.spi.Time;
import java.time.Duration;

/**
 * How many calls may be made: so many in a minute, and after a rest as many at once. Safe for any
 * thread.
 */
final class Budget {

  private final Time time;
  private final long interval;
  private final long burst;

  /** When the calls taken so far are paid for. Guarded by this. */
  private long paid;

  Budget(int perMinute, Time time) {
    this.time = time;
    this.interval = Duration.ofMinutes(1).toNanos() / perMinute;
    this.burst = interval * perMinute;
    this.paid = time.nanos();
  }

  /** Waits for its turn. */
  void take() throws InterruptedException {
    time.sleep(Duration.ofNanos(taken()));
  }

  private synchronized long taken() {
    paid = Math.max(paid, time.nanos()) + interval;
    return paid - burst - time.nanos();
  }

  /** Nothing is left of what a rest has saved up. */
  synchronized void empty() {
    paid = Math.max(paid, time.nanos() + burst);
  }
}

package dev.weir.driver.haproxy;

import dev.weir.spi.Time;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;

/**
 * The machine's clock, but waits that hope for nothing but time (a file that follows, a server that
 * is deleted later) are over at once, and the clock says that they took as long as they should.
 * Short ones are real: HAProxy needs them.
 */
final class HastyTime implements Time {

  private static final Duration REAL = Duration.ofMillis(250);

  private final AtomicLong skipped = new AtomicLong();

  @Override
  public Instant now() {
    return Instant.now().plusNanos(skipped.get());
  }

  @Override
  public long nanos() {
    return System.nanoTime() + skipped.get();
  }

  @Override
  public void sleep(Duration howLong) throws InterruptedException {
    if (howLong.compareTo(REAL) <= 0) {
      Time.SYSTEM.sleep(howLong);
    } else {
      Time.SYSTEM.sleep(Duration.ofMillis(5));
      skipped.addAndGet(howLong.toNanos());
    }
  }

  @Override
  public void await(Lock lock, Condition condition, Duration atMost) throws InterruptedException {
    Time.SYSTEM.await(lock, condition, atMost);
  }
}

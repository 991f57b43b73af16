package dev.weir.engine.run;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: each wait is drawn between the shortest and three times the
 * former one (decorrelated jitter), so that many who failed together do not come back together.
 * Used by one thread.
 */
public final class Backoff {
  private static final double GROWTH = 3;

  private final Limits limits;
  private final RandomGenerator random;
  private Duration last;
  private long calmFromNanos;
  private boolean failing;

  /**
   * @param shortest more than zero; also the first wait
   * @param longest at least the shortest
   * @param stable after so long without a failure the next one counts as the first
   */
  public record Limits(Duration shortest, Duration longest, Duration stable) {
    public Limits {
      if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
        throw new IllegalArgumentException(
            "backoff: %s to %s (expected: more than 0, and the longest not below the shortest)"
                .formatted(shortest, longest));
      }
    }
  }

  public Backoff(Limits limits, RandomGenerator random) {
    this.limits = limits;
    this.random = random;
    this.last = limits.shortest();
  }

  /**
   * Takes note of a failure.
   *
   * @param nowNanos of a monotonic clock, always the same one
   * @return how long to wait
   */
  public Duration failed(long nowNanos) {
    if (!failing || nowNanos - calmFromNanos >= limits.stable().toNanos()) {
      last = limits.shortest();
    } else {
      last = draw();
    }
    failing = true;
    calmFromNanos = nowNanos + last.toNanos();
    return last;
  }

  /** The next failure counts as the first. */
  public void reset() {
    failing = false;
  }

  private Duration draw() {
    long low = limits.shortest().toNanos();
    long high = Math.min(limits.longest().toNanos(), Math.round(last.toNanos() * GROWTH));
    return Duration.ofNanos(low + Math.round(random.nextDouble() * (high - low)));
  }
}

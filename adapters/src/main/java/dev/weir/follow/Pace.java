package dev.weir.follow;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait between tries to reach a system: longer after each failure, and never as long as
 * the others who failed at the same time.
 *
 * @param first before the second try
 * @param longest the longest between two tries
 */
public record Pace(Duration first, Duration longest) {

  /** For systems across a network, that many ask. */
  public static final Pace USUAL = new Pace(Duration.ofMillis(200), Duration.ofSeconds(10));

  public Pace {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "pace: %s to %s (expected: more than 0, and the longest not below the first)"
              .formatted(first, longest));
    }
  }

  /** The pause after so many failures in a row, at least 1: between a half of it and all. */
  public Duration pauseAfter(int failures, RandomGenerator random) {
    long nanos = first.toNanos();
    for (int i = 1; i < failures && nanos < longest.toNanos(); i++) {
      nanos *= 2;
    }
    return spread(Math.min(nanos, longest.toNanos()), random);
  }

  /** The pause after a refusal. */
  Duration longest(RandomGenerator random) {
    return spread(longest.toNanos(), random);
  }

  private static Duration spread(long nanos, RandomGenerator random) {
    return Duration.ofNanos(nanos / 2 + random.nextLong(nanos / 2 + 1));
  }
}

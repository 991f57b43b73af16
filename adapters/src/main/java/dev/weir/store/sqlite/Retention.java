package dev.weir.store.sqlite;

import java.time.Duration;

/**
 * How long events are kept; the newest one always is.
 *
 * @param age older ones go
 * @param bytes of the whole database; the oldest go until it is smaller
 */
public record Retention(Duration age, long bytes) {

  /** 30 days or 1 GB. */
  public static final Retention DEFAULT = new Retention(Duration.ofDays(30), 1_000_000_000);

  public Retention {
    if (!age.isPositive() || bytes <= 0) {
      throw new IllegalArgumentException(
          "retention: %s, %d bytes (expected: both more than 0)".formatted(age, bytes));
    }
  }
}

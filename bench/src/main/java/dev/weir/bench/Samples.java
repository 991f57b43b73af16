package dev.weir.bench;

import java.util.Arrays;
import java.util.Locale;

/** Measured durations, sorted; never empty. */
final class Samples {

  private final long[] nanos;

  private Samples(long[] sorted) {
    this.nanos = sorted;
  }

  static Samples of(long[] nanos) {
    if (nanos.length == 0) {
      throw new IllegalArgumentException("samples: none (expected: at least one)");
    }
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Samples(sorted);
  }

  /** The value that this share of the samples does not exceed, in milliseconds. */
  double millis(double share) {
    int at = (int) Math.ceil(share * nanos.length) - 1;
    return nanos[Math.max(0, at)] / 1e6;
  }

  /** Smallest, median, 99th percentile, largest and how many, in milliseconds. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "p50 %.1f, p99 %.1f, min %.1f, max %.1f ms (n=%d)",
        millis(0.5),
        millis(0.99),
        millis(0),
        millis(1),
        nanos.length);
  }
}

package dev.weir.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** A histogram of durations that many threads add to without waiting for each other. */
public final class Timings {
  /** The upper bounds of the buckets, ascending; longer durations fall into one bucket more. */
  public static final List<Duration> BOUNDS =
      Arrays.stream(new long[] {1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000})
          .mapToObj(Duration::ofMillis)
          .toList();

  private static final long[] BOUNDS_NANOS = BOUNDS.stream().mapToLong(Duration::toNanos).toArray();

  private final List<LongAdder> buckets = new ArrayList<>();
  private final LongAdder sumNanos = new LongAdder();

  public Timings() {
    for (int i = 0; i <= BOUNDS_NANOS.length; i++) {
      buckets.add(new LongAdder());
    }
  }

  /** Adds one; a negative duration counts as zero. */
  public void add(Duration duration) {
    long nanos = Math.max(0, duration.toNanos());
    int at = Arrays.binarySearch(BOUNDS_NANOS, nanos);
    buckets.get(at < 0 ? -at - 1 : at).increment();
    sumNanos.add(nanos);
  }

  /** What has been added so far. */
  public Snapshot snapshot() {
    return new Snapshot(
        buckets.stream().map(LongAdder::sum).toList(), Duration.ofNanos(sumNanos.sum()));
  }

  /**
   * @param counts per bucket, not added up: one for each of {@link #BOUNDS}, and the rest
   * @param sum of all durations
   */
  public record Snapshot(List<Long> counts, Duration sum) {
    public Snapshot {
      counts = List.copyOf(counts);
    }

    /** How many were added. */
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }
  }
}

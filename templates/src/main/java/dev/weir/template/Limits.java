package dev.weir.template;

import java.time.Duration;

/**
 * What one run of a template may use, so that it can neither hang nor exhaust its host.
 *
 * @param steps nodes of the template that are executed
 * @param output bytes that are written; also the most that one value built meanwhile may take, and
 *     of all of them together ten times as much
 * @param depth calls of templates, blocks and brackets inside each other
 * @param time how long it may take
 */
public record Limits(long steps, long output, int depth, Duration time) {
  /** 50 million steps, 64 MiB, 1,000 deep, 10 seconds. */
  public static final Limits DEFAULT =
      new Limits(50_000_000, 64L << 20, 1_000, Duration.ofSeconds(10));

  /** The largest array that Java surely makes. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  public Limits {
    if (output > LARGEST) {
      throw new IllegalArgumentException("output " + output + " (expected: up to " + LARGEST + ")");
    }
    if (steps < 1 || output < 1 || depth < 1 || !time.isPositive()) {
      throw new IllegalArgumentException(
          "steps %d, output %d, depth %d, time %s (expected: all above zero)"
              .formatted(steps, output, depth, time));
    }
  }

  /** These limits with another number of steps. */
  public Limits withSteps(long other) {
    return new Limits(other, output, depth, time);
  }

  /** These limits with another number of bytes. */
  public Limits withOutput(long other) {
    return new Limits(steps, other, depth, time);
  }

  /** These limits with another depth. */
  public Limits withDepth(int other) {
    return new Limits(steps, output, other, time);
  }

  /** These limits with another time. */
  public Limits withTime(Duration other) {
    return new Limits(steps, output, depth, other);
  }
}

package dev.weir.engine.run;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * Decides when to act on changes: at once on the first after a calm time, so that a lone change
 * loses nothing; what follows close behind is folded until it has been quiet for 5 ms, at most for
 * 50 ms, because one act then does for many. Used by one thread; knows no clock.
 */
public final class QuietPeriod {
  private final long quiet;
  private final long most;
  private boolean pending;
  private boolean calmBefore = true;
  private long firstPending;
  private long lastChange;
  private boolean everActed;
  private long lastActed;

  /**
   * @param quiet without a change before the folded ones are acted on
   * @param most from the first folded change on; at least {@code quiet}
   */
  public QuietPeriod(Duration quiet, Duration most) {
    if (most.compareTo(quiet) < 0) {
      throw new IllegalArgumentException(
          "quiet: %s to %s (expected: the most not below the quiet time)".formatted(quiet, most));
    }
    this.quiet = quiet.toNanos();
    this.most = most.toNanos();
  }

  /** Takes note of a change. */
  public void changed(long nowNanos) {
    if (!pending) {
      calmBefore = !everActed || nowNanos - Math.max(lastActed, lastChange) >= quiet;
      firstPending = nowNanos;
      pending = true;
    }
    lastChange = nowNanos;
  }

  /** When to act on the changes noted; absent when there are none. */
  public OptionalLong dueNanos() {
    if (!pending) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        calmBefore ? firstPending : Math.min(lastChange + quiet, firstPending + most));
  }

  /** All changes noted so far have been acted on. */
  public void acted(long nowNanos) {
    pending = false;
    everActed = true;
    lastActed = nowNanos;
  }
}

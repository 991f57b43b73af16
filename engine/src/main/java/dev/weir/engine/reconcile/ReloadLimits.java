package dev.weir.engine.reconcile;

import java.time.Duration;

/**
 * How often one proxy may be reloaded. Each reload closes idle connections and leaves an old
 * process behind for as long as its last connection lives.
 *
 * @param distance from the start of one reload to the start of the next
 * @param budget reloads that may follow each other at that distance; one or more
 * @param perMinute how many of them come back in a minute, up to the budget; one or more
 * @param oldProcesses with so many old ones still serving, a reload waits; one or more
 */
public record ReloadLimits(Duration distance, int budget, int perMinute, int oldProcesses) {

  /** Where nothing is said. */
  public static final ReloadLimits DEFAULT = new ReloadLimits(Duration.ofMillis(350), 60, 12, 8);

  public ReloadLimits {
    if (distance.isNegative()) {
      throw new IllegalArgumentException("distance: %s (expected: 0s or more)".formatted(distance));
    }
    atLeastOne("budget", budget);
    atLeastOne("per_minute", perMinute);
    atLeastOne("old_processes", oldProcesses);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s: %d (expected: 1 or more)".formatted(name, value));
    }
  }
}

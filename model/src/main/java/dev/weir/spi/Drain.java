package dev.weir.spi;

import dev.weir.model.PoolId;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A server on its way out of a proxy: it takes nothing new, and what it has is let go, until the
 * last connection has ended or the pool's deadline for drains ends the rest.
 *
 * @param server its name in the proxy
 * @param lasted since it began, or from then to its end
 * @param connections that the proxy counts on it; absent when that cannot be known
 */
public record Drain(
    PoolId pool, String server, Duration lasted, OptionalInt connections, Phase phase) {

  /** How far it has come. */
  public enum Phase {
    RUNNING,
    /** The last connection has ended. */
    EMPTY,
    /** The deadline has ended what was left. */
    CUT
  }

  /** Whether it goes on. */
  public boolean running() {
    return phase == Phase.RUNNING;
  }
}

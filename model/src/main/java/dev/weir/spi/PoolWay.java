package dev.weir.spi;

import dev.weir.model.PoolId;

/**
 * How new members of a pool come into a proxy.
 *
 * @param why no better way will do; empty for the best there is
 */
public record PoolWay(PoolId pool, Kind kind, String why) {

  /** From the best to the last. */
  public enum Kind {
    /** The running proxy is given new servers. */
    RUN_TIME,
    /** Servers stand ready in the running proxy, and members take and leave them. */
    SLOTS,
    /** The proxy is reloaded. */
    RELOAD
  }
}

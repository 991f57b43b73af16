package dev.weir.engine.health;

import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.spi.Probe;

/**
 * How a pool is probed. A check with the same probe instance and an equal policy is unchanged:
 * connections and streaks go on.
 */
public record Check(Probe probe, CheckPolicy policy) {}

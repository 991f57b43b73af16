package dev.weir.app.run;

import dev.weir.app.config.CheckConfig;
import dev.weir.app.config.PoolConfig;
import dev.weir.engine.health.Check;
import dev.weir.model.PoolId;
import dev.weir.spi.Probe;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The probes of all pools. A check that did not change keeps its probe, so that its connections and
 * streaks go on. Used by one thread.
 */
public final class RunningChecks {

  private record Opened(CheckConfig<?> config, Probe probe) {}

  private final Time time;
  private Map<PoolId, Opened> opened = Map.of();

  public RunningChecks(Time time) {
    this.time = time;
  }

  /** Checks that were opened and wait to be taken. */
  final class Prepared {

    private final Map<PoolId, Opened> next;
    private final Map<PoolId, Check> checks;

    private Prepared(Map<PoolId, Opened> next, Map<PoolId, Check> checks) {
      this.next = Map.copyOf(next);
      this.checks = Map.copyOf(checks);
    }

    /** From now on these are the checks. */
    Map<PoolId, Check> take() {
      opened = next;
      return checks;
    }
  }

  /**
   * Opens the probes of these pools that are not open yet.
   *
   * @throws SetupException when one cannot be; then nothing has changed
   */
  Prepared prepare(List<PoolConfig> pools) throws SetupException {
    Map<PoolId, Opened> next = new HashMap<>();
    Map<PoolId, Check> checks = new HashMap<>();
    for (PoolConfig pool : pools) {
      if (pool.check().isPresent() && pool.policy().check().isPresent()) {
        Opened probe = reused(pool.id(), pool.check().get());
        next.put(pool.id(), probe);
        checks.put(pool.id(), new Check(probe.probe(), pool.policy().check().get()));
      }
    }
    return new Prepared(next, checks);
  }

  private Opened reused(PoolId pool, CheckConfig<?> config) throws SetupException {
    Opened former = opened.get(pool);
    return former != null && former.config().equals(config)
        ? former
        : new Opened(config, config.open(time));
  }
}

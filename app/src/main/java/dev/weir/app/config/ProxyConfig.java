package dev.weir.app.config;

import dev.weir.engine.reconcile.Mode;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import java.nio.file.Path;
import java.util.List;

/**
 * One proxy as configured.
 *
 * @param mode whether Weir touches it
 * @param care how it is treated besides
 * @param pools those it carries, in the order written, each with what surrounds its members
 */
public record ProxyConfig<O, S>(
    ProxyName name,
    Mode mode,
    ProxyCare care,
    ProxyDriverType<O, S> type,
    O options,
    List<ProxyDriverType.Carried<S>> pools) {

  public ProxyConfig {
    pools = List.copyOf(pools);
  }

  /**
   * Makes the driver.
   *
   * @param state a folder of the driver's own
   * @param access whether it may do anything, or is only to look
   * @throws SetupException when the set-up cannot work, or another Weir keeps this proxy
   */
  public ProxyDriver open(Path state, Time time, ProxyDriverType.Access access)
      throws SetupException {
    return type.open(
        options,
        new ProxyDriverType.Context<>(
            name, pools, state, time, Checkpoints.NONE, access, care.backups()));
  }

  /** The pools it carries. */
  public List<PoolId> poolIds() {
    return pools.stream().<PoolId>map(ProxyDriverType.Carried::pool).toList();
  }
}

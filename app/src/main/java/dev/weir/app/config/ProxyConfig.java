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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One proxy as configured.
 *
 * @param mode whether Weir touches it
 * @param care how it is treated besides
 * @param pools those it carries, in the order written, each with what surrounds its members
 * @param sets the pool sets that it carries besides, whatever pools they are made of
 */
public record ProxyConfig<O, S>(
    ProxyName name,
    Mode mode,
    ProxyCare care,
    ProxyDriverType<O, S> type,
    O options,
    List<ProxyDriverType.Carried<S>> pools,
    List<SetCarriage> sets) {

  private static final int LONGEST_NAME = 128;

  public ProxyConfig {
    pools = List.copyOf(pools);
    sets = List.copyOf(sets);
  }

  /**
   * A pool set in a proxy.
   *
   * @param as the names of its pools in the proxy, {@code {pool}} standing for their own
   */
  public record SetCarriage(String set, String as) {
    String name(PoolId pool) {
      return as.replace("{pool}", pool.value());
    }
  }

  /** The same that carries these pools of its sets too; a name that is taken already is left. */
  ProxyConfig<O, S> with(Map<String, List<PoolConfig>> ofSets) {
    List<ProxyDriverType.Carried<S>> all = new ArrayList<>(pools);
    Set<String> names = new HashSet<>();
    pools.forEach(carried -> names.add(carried.as()));
    for (SetCarriage carriage : sets) {
      for (PoolConfig pool : ofSets.getOrDefault(carriage.set(), List.of())) {
        String as = carriage.name(pool.id());
        if (as.length() <= LONGEST_NAME && names.add(as)) {
          all.add(carried(type, pool, as));
        }
      }
    }
    return new ProxyConfig<>(name, mode, care, type, options, all, sets);
  }

  /** A pool as a proxy of this kind carries it. */
  static <O, S> ProxyDriverType.Carried<S> carried(
      ProxyDriverType<O, S> type, PoolConfig pool, String as) {
    return new ProxyDriverType.Carried<>(
        pool.id(), as, pool.surroundings().of(type), pool.policy().drain(), pool.kind());
  }

  /** Whether another configuration is of the same proxy but for the pools that it carries. */
  public boolean differsInPoolsAtMost(ProxyConfig<?, ?> other) {
    return name.equals(other.name())
        && mode == other.mode()
        && care.equals(other.care())
        && type.equals(other.type())
        && options.equals(other.options());
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

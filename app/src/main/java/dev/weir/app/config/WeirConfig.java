package dev.weir.app.config;

import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A whole configuration, checked; two that say the same are equal.
 *
 * @param state the folder that holds what survives a restart
 * @param metrics what is measured beside what always is
 * @param pools in the order written
 * @param sets of pools that come and go, in the order written
 * @param proxies in the order written
 */
public record WeirConfig(
    Path state,
    List<Listen> api,
    MetricsConfig metrics,
    List<PoolConfig> pools,
    List<PoolSetConfig<?, ?>> sets,
    List<ProxyConfig<?, ?>> proxies) {

  public WeirConfig {
    api = List.copyOf(api);
    pools = List.copyOf(pools);
    sets = List.copyOf(sets);
    proxies = List.copyOf(proxies);
  }

  /**
   * The same with the pools that its sets are made of now, each carried by the proxies that carry
   * its set.
   *
   * @param ofSets of each set by its name; a pool of the configuration itself, or of an earlier
   *     set, goes before one of the same name
   */
  public WeirConfig with(Map<String, List<PoolConfig>> ofSets) {
    Map<PoolId, PoolConfig> all = new LinkedHashMap<>();
    pools.forEach(pool -> all.put(pool.id(), pool));
    Map<String, List<PoolConfig>> taken = new HashMap<>();
    for (PoolSetConfig<?, ?> set : sets) {
      List<PoolConfig> own = new ArrayList<>();
      for (PoolConfig pool : ofSets.getOrDefault(set.name(), List.of())) {
        if (all.putIfAbsent(pool.id(), pool) == null) {
          own.add(pool);
        }
      }
      taken.put(set.name(), own);
    }
    List<ProxyConfig<?, ?>> carrying = new ArrayList<>();
    proxies.forEach(proxy -> carrying.add(proxy.with(taken)));
    return new WeirConfig(state, api, metrics, List.copyOf(all.values()), sets, carrying);
  }

  public Optional<PoolConfig> pool(PoolId id) {
    return pools.stream().filter(pool -> pool.id().equals(id)).findFirst();
  }

  public Optional<ProxyConfig<?, ?>> proxy(ProxyName name) {
    for (ProxyConfig<?, ?> proxy : proxies) {
      if (proxy.name().equals(name)) {
        return Optional.of(proxy);
      }
    }
    return Optional.empty();
  }
}

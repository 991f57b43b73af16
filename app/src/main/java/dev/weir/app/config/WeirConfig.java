package dev.weir.app.config;

import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A whole configuration, checked; two that say the same are equal.
 *
 * @param state the folder that holds what survives a restart
 * @param metrics what is measured beside what always is
 * @param pools in the order written
 * @param proxies in the order written
 */
public record WeirConfig(
    Path state,
    List<Listen> api,
    MetricsConfig metrics,
    List<PoolConfig> pools,
    List<ProxyConfig<?, ?>> proxies) {

  public WeirConfig {
    api = List.copyOf(api);
    pools = List.copyOf(pools);
    proxies = List.copyOf(proxies);
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

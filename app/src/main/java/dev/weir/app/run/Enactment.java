package dev.weir.app.run;

import dev.weir.app.config.PoolConfig;
import dev.weir.app.config.ProxyConfig;
import dev.weir.app.config.WeirConfig;
import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.engine.run.Latest;
import dev.weir.model.Inputs;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy.ProxyCheckPolicy;
import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Brings a configuration into force in a running Weir, in an order in which nothing is missed: new
 * pools are known before a proxy carries them, and known until no proxy does. One at a time.
 */
final class Enactment {

  /** How long new pools are waited for, so that one reload brings them with their members. */
  private static final Duration NEW_POOLS = Duration.ofMillis(500);

  private final Weir.Parts parts;

  Enactment(Weir.Parts parts) {
    this.parts = parts;
  }

  /**
   * Replaces the configuration: proxies that differ are replaced one by one.
   *
   * @return what could not be done, one line each
   */
  List<String> replace(WeirConfig former, WeirConfig next)
      throws SetupException, Refused, StoreException, InterruptedException {
    prepare(former, next);
    List<String> failures = parts.proxies().become(next.proxies());
    forgetDecisionsElsewhere(next);
    parts.proxies().carry(next.proxies(), parts.sets()::unknown);
    parts.proxies().start();
    parts.proxyChecks().configure(checkedByProxies(next));
    parts.keeper().submit(new Command.Reconfigure(definitions(next)));
    return failures;
  }

  /** What was decided at proxies that are configured no more has nobody who could take it back. */
  void forgetDecisionsElsewhere(WeirConfig config) {
    new ExternalDecisions(parts.keeper(), parts.state().handsOff().pauses(), parts.time())
        .keepOnly(
            config.proxies().stream()
                .map(ProxyConfig::name)
                .collect(Collectors.toUnmodifiableSet()));
  }

  /** Takes the pools that pool sets are made of now; nothing else differs. */
  void carry(WeirConfig former, WeirConfig next)
      throws SetupException, Refused, StoreException, InterruptedException {
    prepare(former, next);
    Set<PoolId> fresh = new HashSet<>(ids(next));
    fresh.removeAll(ids(former));
    awaitKnown(fresh);
    parts.proxies().carry(next.proxies(), parts.sets()::unknown);
    parts.proxyChecks().configure(checkedByProxies(next));
    parts.keeper().submit(new Command.Reconfigure(definitions(next)));
  }

  private void prepare(WeirConfig former, WeirConfig next)
      throws SetupException, Refused, StoreException, InterruptedException {
    RunningChecks.Prepared checks = parts.checks().prepare(next.pools());
    parts.sources().endOthers(next.pools());
    List<PoolDefinition> joined = joined(definitions(next), definitions(former));
    parts.keeper().submit(new Command.Reconfigure(joined));
    parts.prober().configure(checks.take());
    parts.sources().startMissing(next.pools());
  }

  private void awaitKnown(Set<PoolId> fresh) throws InterruptedException {
    Latest<Inputs> inbox = new Latest<>(parts.time());
    parts.keeper().subscribe(inbox);
    try {
      long deadline = parts.time().nanos() + NEW_POOLS.toNanos();
      Duration left = fresh.isEmpty() ? Duration.ZERO : NEW_POOLS;
      while (left.isPositive()) {
        Optional<Inputs> inputs = inbox.poll(left);
        boolean all =
            inputs.filter(now -> fresh.stream().allMatch(id -> known(now, id))).isPresent();
        left = all ? Duration.ZERO : Duration.ofNanos(deadline - parts.time().nanos());
      }
    } finally {
      parts.keeper().unsubscribe(inbox);
    }
  }

  /** Whether its members are known, and what their checks conclude. */
  private static boolean known(Inputs inputs, PoolId id) {
    PoolInputs pool = inputs.pools().get(id);
    return pool != null
        && inputs.settled(id)
        && (pool.policy().check().isEmpty()
            || pool.pool().members().stream()
                .allMatch(member -> pool.health().containsKey(member.id())));
  }

  /** The pools whose members proxies check. */
  static Map<PoolId, ProxyCheckPolicy> checkedByProxies(WeirConfig config) {
    Map<PoolId, ProxyCheckPolicy> pools = new HashMap<>();
    config
        .pools()
        .forEach(
            pool -> pool.policy().proxyCheck().ifPresent(policy -> pools.put(pool.id(), policy)));
    return pools;
  }

  private static List<PoolDefinition> definitions(WeirConfig config) {
    return config.pools().stream().map(PoolConfig::definition).toList();
  }

  private static List<PoolId> ids(WeirConfig config) {
    return config.pools().stream().map(PoolConfig::id).toList();
  }

  /** The new definitions, and the former ones of pools that are to go. */
  private static List<PoolDefinition> joined(
      List<PoolDefinition> next, List<PoolDefinition> former) {
    Map<PoolId, PoolDefinition> all = new LinkedHashMap<>();
    next.forEach(definition -> all.put(definition.id(), definition));
    former.forEach(definition -> all.putIfAbsent(definition.id(), definition));
    return List.copyOf(all.values());
  }
}

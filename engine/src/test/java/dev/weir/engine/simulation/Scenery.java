package dev.weir.engine.simulation;

import dev.weir.model.Address;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.PoolPolicy.GuardPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport.Absence;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.fake.FakeProxyDriver.Updates;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a world is furnished with: pools of every kind, their sources, the addresses that members
 * can have, and two proxies that share a pool.
 *
 * @param endpoints of each pool in the order of the pools; neighbours share some addresses
 */
record Scenery(
    List<PoolDefinition> pools,
    List<List<Endpoint>> endpoints,
    List<SimulatedSource> sources,
    List<SimulatedProxy> proxies) {
  private static final int POOLS = 3;
  private static final int ADDRESSES = 6;

  static Scenery of(Dice dice, ManualTime time) {
    List<PoolDefinition> pools = new ArrayList<>();
    List<List<Endpoint>> endpoints = new ArrayList<>();
    List<SimulatedSource> sources = new ArrayList<>();
    for (int i = 0; i < POOLS; i++) {
      PoolId id = new PoolId("p" + i);
      endpoints.add(endpoints(i));
      List<SourceBinding> bindings = new ArrayList<>();
      for (int s = 1; s <= dice.between(1, 2); s++) {
        SourceName name = SourceName.of(id, "s" + s);
        Absence absence = dice.in100(25) ? Absence.ENDED : Absence.MISSING;
        SimulatedSource source = new SimulatedSource(id, name, absence);
        source.list(dice.some(endpoints.getLast()));
        sources.add(source);
        bindings.add(new SourceBinding(name, dice.in100(80)));
      }
      pools.add(new PoolDefinition(id, policy(dice), bindings));
    }
    return new Scenery(pools, endpoints, sources, proxies(time));
  }

  /** The same with another definition of one pool. */
  Scenery with(PoolDefinition changed) {
    List<PoolDefinition> all =
        pools.stream().map(pool -> pool.id().equals(changed.id()) ? changed : pool).toList();
    return new Scenery(all, endpoints, sources, proxies);
  }

  private static List<SimulatedProxy> proxies(ManualTime time) {
    PoolId p0 = new PoolId("p0");
    PoolId p1 = new PoolId("p1");
    PoolId p2 = new PoolId("p2");
    return List.of(
        new SimulatedProxy(new ProxyName("live"), List.of(p0, p1), Updates.LIVE, time),
        new SimulatedProxy(new ProxyName("reloading"), List.of(p1, p2), Updates.RELOAD, time));
  }

  /** Half of a pool's addresses are also in the range of the next pool. */
  private static List<Endpoint> endpoints(int pool) {
    List<Endpoint> all = new ArrayList<>();
    for (int i = 1; i <= ADDRESSES; i++) {
      all.add((Endpoint) Address.of("10.0.0." + (pool * ADDRESSES / 2 + i), 80));
    }
    return all;
  }

  /** Some policy. */
  static PoolPolicy policy(Dice dice) {
    Optional<CheckPolicy> check =
        dice.in100(70)
            ? Optional.of(
                new CheckPolicy(
                    Duration.ofMillis(dice.between(5, 20) * 100L),
                    Duration.ofSeconds(1),
                    dice.between(1, 2),
                    dice.between(1, 3)))
            : Optional.empty();
    GuardPolicy guard =
        new GuardPolicy(
            dice.pick(List.of(0.25, 0.5, 1.0)),
            Duration.ofSeconds(dice.between(5, 60)),
            Duration.ofSeconds(dice.between(60, 600)));
    DrainPolicy drain =
        new DrainPolicy(Duration.ofSeconds(dice.between(0, 30)), Duration.ofMinutes(5));
    EmptyPolicy empty =
        dice.pick(
            List.of(
                EmptyPolicy.DEFAULT,
                new EmptyPolicy.Keep(),
                new EmptyPolicy.Fallback((Endpoint) Address.parse("127.0.0.1:8099"))));
    return new PoolPolicy(
        check, Optional.empty(), dice.between(0, 2), guard, drain, empty, Optional.empty());
  }
}

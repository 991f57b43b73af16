package dev.weir.app.run;

import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.spi.Drain;
import dev.weir.spi.Drains;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How far the members of one pool are drained, in all proxies that carry it. */
public final class PoolDrains implements Drains {

  private final PoolId pool;
  private final Supplier<Inputs> inputs;
  private final Supplier<Optional<List<ProxyStatus>>> carriers;

  /**
   * @param carriers how the proxies stand that carry the pool; absent while one of them could not
   *     be opened
   */
  PoolDrains(PoolId pool, Supplier<Inputs> inputs, Supplier<Optional<List<ProxyStatus>>> carriers) {
    this.pool = pool;
    this.inputs = inputs;
    this.carriers = carriers;
  }

  public PoolDrains(PoolId pool, Supplier<Inputs> inputs, RunningProxies proxies) {
    this(
        pool,
        inputs,
        () -> proxies.allOpen() ? Optional.of(carriers(pool, proxies)) : Optional.empty());
  }

  private static List<ProxyStatus> carriers(PoolId pool, RunningProxies proxies) {
    return proxies.all().stream()
        .filter(proxy -> proxy.proxy().pools().contains(pool))
        .map(RunningProxy::status)
        .toList();
  }

  @Override
  public boolean isEmpty(MemberId member) {
    return carriers
        .get()
        .filter(all -> !all.isEmpty())
        .map(all -> all.stream().allMatch(proxy -> isEmpty(member, proxy)))
        .orElse(false);
  }

  /** A proxy counts once it runs what it shall: only then it has been told of the drain at all. */
  private boolean isEmpty(MemberId member, ProxyStatus proxy) {
    Optional<DesiredPool> desired = proxy.desired().flatMap(state -> state.pool(pool));
    if (desired.isEmpty() || !proxy.inSync()) {
      return false;
    }
    Optional<DesiredMember> carried =
        desired.get().members().stream().filter(it -> it.id().equals(member)).findFirst();
    return carried.isEmpty() || isEmpty(carried.get(), proxy.drains());
  }

  private boolean isEmpty(DesiredMember member, List<Drain> drains) {
    return switch (member.state()) {
      case READY -> false;
      case MAINT -> true;
      case DRAIN ->
          drains.stream()
              .anyMatch(drain ->
                  drain.pool().equals(pool)
                      && drain.server().equals(member.name())
                      && !drain.running());
    };
  }

  @Override
  public Duration deadline() {
    return Optional.ofNullable(inputs.get().pools().get(pool))
        .map(PoolInputs::policy)
        .map(policy -> policy.drain().deadline())
        .orElse(DrainPolicy.DEFAULT.deadline());
  }
}

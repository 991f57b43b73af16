package dev.weir.engine.simulation;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A driver whose looks somebody wants to know of. */
final class WatchedDriver implements ProxyDriver {
  private final ProxyDriver real;
  private final Consumer<Set<PoolId>> looked;

  WatchedDriver(ProxyDriver real, Consumer<Set<PoolId>> looked) {
    this.real = real;
    this.looked = looked;
  }

  @Override
  public Observed observe(Set<PoolId> pools) throws InterruptedException {
    looked.accept(pools);
    return real.observe(pools);
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    return real.plan(desired, observed);
  }

  @Override
  public Outcome apply(Plan plan) throws InterruptedException {
    return real.apply(plan);
  }

  @Override
  public Optional<Duration> upkeep() throws InterruptedException {
    return real.upkeep();
  }

  @Override
  public boolean wantsLook() {
    return real.wantsLook();
  }

  @Override
  public Optional<String> putOff() {
    return real.putOff();
  }

  @Override
  public String configurationStamp() {
    return real.configurationStamp();
  }

  @Override
  public List<Finding> inspect() throws InterruptedException {
    return real.inspect();
  }

  @Override
  public void close() {
    real.close();
  }
}

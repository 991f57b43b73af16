package dev.weir.app.run;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Stands where no driver can be opened: has no locks, asks nobody and touches nothing.
 *
 * @param reason why there is none, for people
 */
record ClosedDriver(String reason) implements ProxyDriver {

  @Override
  public Observed observe(Set<PoolId> pools) {
    return new Observed(new Condition.Unreachable(reason), Map.of(), List.of(), Optional.empty());
  }

  @Override
  public Plan plan(DesiredState desired, Observed observed) {
    return new Plan.InSync(desired.fingerprint());
  }

  @Override
  public Outcome apply(Plan plan) {
    return new Outcome.Failed("open the proxy", reason);
  }

  @Override
  public Optional<Duration> upkeep() {
    return Optional.empty();
  }

  @Override
  public String configurationStamp() {
    return "";
  }

  @Override
  public List<Finding> inspect() {
    return List.of(Finding.error(reason));
  }

  @Override
  public void close() {
    // there is nothing to give up
  }
}

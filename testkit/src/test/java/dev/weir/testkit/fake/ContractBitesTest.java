package dev.weir.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** The driver contract sees what bad drivers do wrong: each of these makes one mistake. */
class ContractBitesTest {

  private static List<String> failuresOf(Class<?> contract) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(contract))
        .execute()
        .allEvents()
        .failed()
        .stream()
        .map(Event::getTestDescriptor)
        .map(test -> test.getUniqueId().toString())
        .toList();
  }

  @Test
  void aDriverThatBelievesItsSignalIsCaught() {
    assertThat(failuresOf(Believing.class))
        .anyMatch(id -> id.contains("aReloadThatFailsAfterTheSwitchIsNotForgotten"));
  }

  @Test
  void aDriverThatNeverLooksAgainIsCaught() {
    assertThat(failuresOf(Blind.class))
        .anyMatch(id -> id.contains("changedBehindOurBackItIsRepaired"));
  }

  @Test
  void aDriverThatLeavesTheFileBehindIsCaught() {
    assertThat(failuresOf(Forgetful.class))
        .anyMatch(id -> id.contains("everythingKilledAndStartedAloneItServesTheLastGood"))
        .anyMatch(id -> id.contains("restartedBehindOurBackItServesWhatWasLastApplied"));
  }

  @Test
  void aDriverThatHasEffectsWhilePlanningIsCaught() {
    assertThat(failuresOf(Hasty.class)).anyMatch(id -> id.contains("planningDoesNothing"));
  }

  @Test
  void aDriverThatTakesAnInterruptForNothingButDoesNotConvergeIsCaught() {
    assertThat(failuresOf(Undone.class))
        .anyMatch(id -> id.contains("membersChangeAndWeirIsInterruptedAtAnyStep"))
        .anyMatch(id -> id.contains("membersChangeAndAnyStepFails"));
  }

  /** Takes a reload that failed for one that worked. */
  static final class Believing extends Bad {
    Believing() {
      super(
          FakeProxyDriver.Updates.RELOAD,
          driver ->
              new Wrapped(driver) {
                @Override
                public Outcome apply(Plan plan) throws InterruptedException {
                  Outcome outcome = super.apply(plan);
                  boolean unconfirmed =
                      outcome instanceof Outcome.Failed failed && failed.step().equals("confirm");
                  return unconfirmed
                      ? new Outcome.Applied(plan.target(), Outcome.Way.RELOAD)
                      : outcome;
                }
              });
    }
  }

  /** Plans against what it saw first. */
  static final class Blind extends Bad {
    Blind() {
      super(
          FakeProxyDriver.Updates.LIVE,
          driver ->
              new Wrapped(driver) {
                private Optional<DesiredState> applied = Optional.empty();

                @Override
                public Plan plan(DesiredState desired, Observed observed) {
                  Plan plan = super.plan(desired, observed);
                  boolean known = applied.equals(Optional.of(desired)) && observed.running();
                  applied = Optional.of(desired);
                  return known ? new Plan.InSync(plan.target()) : plan;
                }
              });
    }
  }

  /** Never writes what it put off. */
  static final class Forgetful extends Bad {
    Forgetful() {
      super(
          FakeProxyDriver.Updates.LIVE,
          driver ->
              new Wrapped(driver) {
                @Override
                public Optional<Duration> upkeep() {
                  return Optional.empty();
                }
              });
    }
  }

  /** Looks at the proxy while it plans. */
  static final class Hasty extends Bad {
    Hasty() {
      super(
          FakeProxyDriver.Updates.LIVE,
          driver ->
              new Wrapped(driver) {
                @Override
                public Plan plan(DesiredState desired, Observed observed) {
                  try {
                    return super.plan(
                        desired,
                        super.observe(
                            Set.copyOf(desired.pools().stream().map(pool -> pool.id()).toList())));
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                }
              });
    }
  }

  /** Gives up for good after the first thing that goes wrong. */
  static final class Undone extends Bad {
    Undone() {
      super(
          FakeProxyDriver.Updates.RELOAD,
          driver ->
              new Wrapped(driver) {
                private Optional<Outcome> ended = Optional.empty();

                @Override
                public Outcome apply(Plan plan) throws InterruptedException {
                  if (ended.isPresent()) {
                    return ended.get();
                  }
                  ended = Optional.of(new Outcome.Failed("apply", "gave up"));
                  Outcome outcome = super.apply(plan);
                  ended =
                      outcome instanceof Outcome.Applied ? Optional.empty() : Optional.of(outcome);
                  return outcome;
                }
              });
    }
  }

  abstract static class Bad extends ProxyDriverContract {
    private final FakeProxyDriver.Updates updates;
    private final UnaryOperator<ProxyDriver> mistake;

    Bad(FakeProxyDriver.Updates updates, UnaryOperator<ProxyDriver> mistake) {
      this.updates = updates;
      this.mistake = mistake;
    }

    @Override
    protected ProxyRig newRig() {
      return new FakeProxyRig(updates) {
        @Override
        public ProxyDriver open(Checkpoints checkpoints) {
          return mistake.apply(super.open(checkpoints));
        }
      };
    }
  }

  abstract static class Wrapped implements ProxyDriver {
    private final ProxyDriver driver;

    Wrapped(ProxyDriver driver) {
      this.driver = driver;
    }

    @Override
    public Observed observe(Set<PoolId> pools) throws InterruptedException {
      return driver.observe(pools);
    }

    @Override
    public Plan plan(DesiredState desired, Observed observed) {
      return driver.plan(desired, observed);
    }

    @Override
    public Outcome apply(Plan plan) throws InterruptedException {
      return driver.apply(plan);
    }

    @Override
    public Optional<Duration> upkeep() throws InterruptedException {
      return driver.upkeep();
    }

    @Override
    public String configurationStamp() {
      return driver.configurationStamp();
    }

    @Override
    public List<Finding> inspect() throws InterruptedException {
      return driver.inspect();
    }

    @Override
    public void close() {
      driver.close();
    }
  }
}

package dev.weir.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.reconcile.Load;
import dev.weir.model.DesiredState;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;
import dev.weir.testkit.fake.FakeProxy;
import dev.weir.testkit.fake.FakeProxyDriver;
import dev.weir.testkit.fake.FakeProxyDriver.Updates;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A proxy's driver is replaced: never two at once, and never one that was closed. */
class ReopeningTest {

  private final Set<String> impossible = new HashSet<>();
  private final List<String> opened = new ArrayList<>();
  private final Reopening<String> reopening = new Reopening<>("old", this::open);
  private final ProxyDriver first = driver();

  @Test
  void theSameConfigurationKeepsItsDriver() {
    assertThat(reopening.renew(first, "old")).isEqualTo(new Load.Renewed(first, Optional.empty()));
    assertThat(opened).isEmpty();
  }

  @Test
  void anotherOneIsOpened() {
    Load.Renewed renewed = reopening.renew(first, "new");
    assertThat(renewed.problem()).isEmpty();
    assertThat(renewed.driver()).isNotSameAs(first);
    assertThat(opened).containsExactly("new");
  }

  @Test
  void whereThatIsNotPossibleItGoesOnAsBefore() {
    impossible.add("new");
    Load.Renewed renewed = reopening.renew(first, "new");
    assertThat(renewed.problem()).contains("no folder for new");
    assertThat(opened).containsExactly("old");
  }

  @Test
  void whereNothingIsPossibleNobodyTouchesTheProxy() throws Exception {
    impossible.addAll(Set.of("old", "new"));
    Load.Renewed renewed = reopening.renew(first, "new");
    assertThat(renewed.problem()).contains("no folder for new");
    ProxyDriver none = renewed.driver();
    assertThat(none.observe(Set.of()).condition())
        .isEqualTo(
            new Condition.Unreachable(
                "no folder for new; nor can it go on as before: no folder for old"));
    assertThat(none.upkeep()).isEmpty();
    Plan nothing = new Plan.InSync(DesiredState.of(1, List.of()).fingerprint());
    assertThat(none.apply(nothing)).isInstanceOf(Outcome.Failed.class);
  }

  /** The former one was closed: also what it was opened with has to be opened anew. */
  @Test
  void andAsSoonAsItIsPossibleOneIsOpenedAgain() {
    impossible.addAll(Set.of("old", "new"));
    ProxyDriver none = reopening.renew(first, "new").driver();
    impossible.clear();
    Load.Renewed renewed = reopening.renew(none, "old");
    assertThat(renewed.problem()).isEmpty();
    assertThat(opened).containsExactly("old");
    assertThat(renewed.driver()).isNotSameAs(none);
  }

  private ProxyDriver open(String config) throws SetupException {
    if (impossible.contains(config)) {
      throw new SetupException("no folder for " + config);
    }
    opened.add(config);
    return driver();
  }

  private static ProxyDriver driver() {
    return new FakeProxyDriver(new FakeProxy(), Updates.LIVE, Time.SYSTEM, Checkpoints.NONE);
  }
}

package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EventKind;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reloads that wait for their budget, or for the end of old processes. */
class ReloadsWaitTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aProxyInStepThatTakesChangesByReloads() {
    bench.byReload();
    bench.limited(new ReloadLimits(Duration.ofMillis(350), 3, 12, 8));
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofMinutes(1));
    assertThat(bench.status().inSync()).isTrue();
    bench.events.clear();
  }

  @Test
  void afterTheBudgetTheyComeAsItRefillsAndThatIsToldOnce() {
    int before = bench.process.reloads();
    changeEvery100MillisFor(Duration.ofSeconds(4));
    assertThat(bench.process.reloads() - before).as("the budget").isEqualTo(3);
    assertThat(bench.told()).containsOnlyOnce(EventKind.RELOAD_DEFERRED);
    assertThat(why()).isEqualTo("the reload waits: 3 were used up, and 12 come back in a minute");
    assertThat(bench.meters().reloadsPutOff()).containsEntry("budget", 1L);
    bench.runFor(Duration.ofSeconds(2));
    assertThat(bench.process.reloads() - before).as("one came back after 5 s").isEqualTo(4);
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void withTooManyOldProcessesItWaitsUntilOneHasEnded() {
    bench.driver().oldProcesses(8);
    int before = bench.process.reloads();
    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(20));
    assertThat(bench.process.reloads()).isEqualTo(before);
    assertThat(bench.told()).containsOnlyOnce(EventKind.RELOAD_DEFERRED);
    assertThat(why())
        .isEqualTo("the reload waits: 8 old processes still serve connections (limit: 8)");
    assertThat(bench.meters().reloadsPutOff()).containsEntry("old_processes", 1L);
    bench.driver().oldProcesses(7);
    bench.runFor(Duration.ofMillis(1100));
    assertThat(bench.process.reloads()).isEqualTo(before + 1);
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void whatTakesOutTheDeadDoesNotWaitForOldProcesses() {
    bench.driver().oldProcesses(8);
    int before = bench.process.reloads();
    bench.dead("10.0.0.2:80").members(WEB, "10.0.0.1:80", "10.0.0.2:80").publish();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.process.reloads()).isEqualTo(before + 1);
    assertThat(bench.status().inSync()).isTrue();
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.status().inSync()).as("somebody only comes").isFalse();
  }

  /** One plan for all pools: what waits in one of them must not keep the dead of another in. */
  @Test
  void theDeadOfOnePoolDoNotStayInBecauseAnotherPoolWaits() {
    bench.driver().oldProcesses(8);
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.status().inSync()).isFalse();
    bench.dead("10.0.1.1:80").members(API, "10.0.1.1:80").publish();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void whatNeedsNoReloadGoesOnMeanwhile() {
    bench.driver().oldProcesses(8);
    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.status().inSync()).isFalse();
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").publish();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.status().inSync()).as("nothing is left to do").isTrue();
  }

  @Test
  void whatStandsInTheWayOfEveryTextUsesUpNothingAndIsSaidAllTheTime() {
    bench.driver().oldProcesses(8);
    bench.driver().hindrance(Optional.of("no section be_web"));
    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofMinutes(2));
    assertThat(why()).contains("no section be_web");
    assertThat(bench.told()).doesNotContain(EventKind.RELOAD_DEFERRED);
    bench.driver().oldProcesses(0);
    bench.driver().hindrance(Optional.empty());
    bench.runFor(Duration.ofSeconds(5));
    assertThat(bench.status().inSync()).isTrue();
  }

  private String why() {
    return ((Sync.Behind) bench.status().sync()).reason();
  }

  private void changeEvery100MillisFor(Duration howLong) {
    for (long i = 0; i < howLong.toMillis() / 100; i++) {
      bench.members(WEB, "10.0.0.1:80", "10.0.2.%d:80".formatted(i + 1)).publish();
      bench.runFor(Duration.ofMillis(100));
    }
  }
}

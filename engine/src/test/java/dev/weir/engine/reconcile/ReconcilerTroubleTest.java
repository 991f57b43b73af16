package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EventKind;
import dev.weir.model.Outcome;
import dev.weir.testkit.Faults;
import dev.weir.testkit.fake.FakeProxy.Switch;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What refuses, fails or breaks: tried again in good time, told once, never dead silently. */
class ReconcilerTroubleTest {
  private final Bench bench = new Bench().byReload();

  @BeforeEach
  void aProxyInStep() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    assertThat(bench.status().inSync()).isTrue();
    bench.events.clear();
    bench.driver().calls();
  }

  private boolean serves(String name) {
    return bench.process.states(WEB).containsKey(name);
  }

  @Test
  void aFailureIsTriedAgainAndToldOnce() {
    bench.process.reloadBroken(Switch.ON);
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.runFor(Duration.ofSeconds(60));
    assertThat(bench.told()).containsExactly(EventKind.APPLY_FAILED);
    assertThat(bench.status().inSync()).isFalse();
    assertThat(bench.process.reloads()).as("tries in a minute").isBetween(12, 60);
    bench.process.reloadBroken(Switch.OFF);
    bench.runFor(Duration.ofSeconds(6));
    assertThat(serves("10.0.0.2_80")).isTrue();
    assertThat(bench.told()).containsExactly(EventKind.APPLY_FAILED, EventKind.APPLY_DONE);
  }

  @Test
  void aReloadThatGotLostAfterTheSwitchIsNotTakenForDone() {
    bench.process.loseSignals(1);
    bench.members(WEB, "10.0.0.2:80").settle();
    assertThat(bench.status().inSync()).isFalse();
    assertThat(serves("10.0.0.2_80")).isFalse();
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.status().inSync()).isTrue();
    assertThat(serves("10.0.0.2_80")).isTrue();
  }

  @Test
  void aChangeDuringAFailureIsTakenUpByTheNextTry() {
    bench.process.reloadBroken(Switch.ON);
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.members(WEB, "10.0.0.3:80").publish();
    bench.process.reloadBroken(Switch.OFF);
    bench.runFor(Duration.ofSeconds(1));
    assertThat(serves("10.0.0.3_80")).isTrue();
  }

  @Test
  void aRefusalWaitsUntilTheProxysOwnConfigurationChanges() {
    bench.process.ownConfigurationBroken(Switch.ON);
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.driver().calls();
    bench.runFor(Duration.ofSeconds(20));
    assertThat(bench.driver().calls()).doesNotContain(SpyDriver.Call.APPLY);
    assertThat(bench.status().last().orElseThrow().outcome()).isInstanceOf(Outcome.Rejected.class);
    bench.process.ownConfigurationBroken(Switch.OFF);
    bench.runFor(Duration.ofSeconds(2));
    assertThat(serves("10.0.0.2_80")).isTrue();
    assertThat(bench.told()).containsExactly(EventKind.APPLY_REJECTED, EventKind.APPLY_DONE);
  }

  @Test
  void aRefusalIsTriedAgainAtEachFullLookAndToldOnce() {
    bench.process.refuse("10.0.0.2");
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.driver().calls();
    bench.runFor(Duration.ofSeconds(61));
    assertThat(bench.driver().calls()).filteredOn(call -> call == SpyDriver.Call.APPLY).hasSize(2);
    assertThat(bench.told()).containsExactly(EventKind.APPLY_REJECTED);
    assertThat(serves("10.0.0.1_80")).as("the last good one serves").isTrue();
  }

  @Test
  void aRefusalEndsWithInputsThatAreTaken() {
    bench.process.refuse("10.0.0.2");
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.runFor(Duration.ofSeconds(1));
    bench.members(WEB, "10.0.0.3:80").settle();
    assertThat(serves("10.0.0.3_80")).isTrue();
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void goingBackToWhatTheProxyRunsEndsTheRefusalWithoutAReload() {
    bench.process.refuse("10.0.0.2");
    bench.members(WEB, "10.0.0.2:80").settle();
    int reloads = bench.process.reloads();
    bench.runFor(Duration.ofSeconds(1));
    bench.members(WEB, "10.0.0.1:80").settle();
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.process.reloads()).isEqualTo(reloads);
  }

  @ParameterizedTest
  @EnumSource(
      value = SpyDriver.Call.class,
      names = {"OBSERVE", "PLAN", "APPLY", "UPKEEP"})
  void aDriverThatThrowsHasFailedAndIsTriedAgain(SpyDriver.Call call) {
    bench.driver().breakDown(call);
    bench.members(WEB, "10.0.0.2:80").settle();
    assertThat(bench.status().inSync()).isFalse();
    assertThat(bench.status().last().orElseThrow().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("broken for a test: " + call));
    assertThat(bench.told()).contains(EventKind.APPLY_FAILED);
    bench.driver().repair();
    bench.runFor(Duration.ofSeconds(6));
    assertThat(bench.status().inSync()).isTrue();
    assertThat(serves("10.0.0.2_80")).isTrue();
  }

  @Test
  void aStampThatThrowsIsNoChange() {
    bench.process.refuse("10.0.0.2");
    bench.driver().breakDown(SpyDriver.Call.STAMP);
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.driver().calls();
    bench.runFor(Duration.ofSeconds(10));
    assertThat(bench.driver().calls()).containsOnly(SpyDriver.Call.STAMP);
  }

  @Test
  void failedAtAnyStepItConverges() {
    int steps = 0;
    boolean struck = true;
    while (struck) {
      steps++;
      bench.faults.arm(Faults.Kind.FAIL, steps);
      String address = "10.0.4.%d:80".formatted(steps);
      bench.members(WEB, address).settle();
      struck = bench.faults.struck();
      bench.faults.calm();
      bench.runFor(Duration.ofSeconds(6));
      assertThat(serves(address.replace(':', '_'))).as("after step %d failed", steps).isTrue();
      assertThat(bench.status().inSync()).isTrue();
    }
    assertThat(steps).isGreaterThan(3);
  }
}

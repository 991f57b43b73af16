package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.OTHER;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Outcome;
import dev.weir.model.ServerState;
import dev.weir.testkit.fake.FakeProxy.Switch;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that runs and is cared for: changes, distance of reloads, drift, what costs nothing. */
class ReconcilerTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aProxyInStep() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    assertThat(bench.status().inSync()).isTrue();
    bench.events.clear();
    bench.driver().calls();
    bench.driver().observed();
  }

  private Set<String> webServers() {
    return bench.process.states(WEB).keySet();
  }

  @Test
  void aLoneChangeIsAppliedAtOnceAndReadBack() {
    long generation = bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").publish();
    bench.step();
    assertThat(bench.process.states(WEB))
        .isEqualTo(Map.of("10.0.0.1_80", ServerState.READY, "10.0.0.2_80", ServerState.READY));
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.status().progress().generation()).isEqualTo(generation);
    assertThat(bench.status().last().orElseThrow().outcome()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void whatWasAppliedIsToldWithItsRevisionAndGeneration() {
    long before = bench.status().progress().revision();
    long generation = bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").settle();
    assertThat(bench.events)
        .singleElement()
        .satisfies(event -> {
          assertThat(event.kind()).isEqualTo(EventKind.APPLY_DONE);
          assertThat(event.generation()).hasValue(generation);
          assertThat(event.subject().pool()).contains(WEB);
          assertThat(event.subject().proxy()).isPresent();
          assertThat(event.message())
              .contains("revision " + (before + 1), "without a reload", "+ web 10.0.0.2_80");
        });
    assertThat(bench.status().progress().revision()).isEqualTo(before + 1);
  }

  @Test
  void whatFollowsALoneChangeIsFoldedUntilItIsQuiet() {
    bench.members(WEB, "10.0.0.2:80").publish();
    bench.step();
    int commands = bench.process.commands();
    for (int i = 3; i < 10; i++) {
      bench.time.advance(Duration.ofMillis(1));
      bench.members(WEB, "10.0.0." + i + ":80").publish();
      bench.step();
    }
    assertThat(bench.process.commands()).isEqualTo(commands);
    bench.runFor(Duration.ofMillis(5));
    assertThat(webServers()).containsExactly("10.0.0.9_80");
    assertThat(bench.process.commands()).isEqualTo(commands + 2);
  }

  @Test
  void reloadsKeepTheirDistanceAndTheLastOneTakesUpEverything() {
    bench.byReload();
    bench.settle();
    bench.runFor(Duration.ofSeconds(1));
    int reloads = bench.process.reloads();
    for (int i = 0; i < 100; i++) {
      bench.members(WEB, "10.0.2." + i + ":80").publish();
      bench.runFor(Duration.ofMillis(10));
    }
    bench.runFor(Duration.ofMillis(350));
    assertThat(webServers()).containsExactly("10.0.2.99_80");
    assertThat(bench.process.reloads() - reloads).as("in 1 s, the first at once").isEqualTo(4);
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void theFirstReloadIsAtOnce() {
    bench.byReload();
    bench.settle();
    bench.runFor(Duration.ofSeconds(1));
    bench.members(WEB, "10.0.0.7:80").publish();
    bench.step();
    assertThat(webServers()).containsExactly("10.0.0.7_80");
  }

  @Test
  void aReloadThatWaitsSaysSo() {
    bench.byReload();
    bench.settle();
    bench.runFor(Duration.ofSeconds(1));
    bench.members(WEB, "10.0.0.7:80").settle();
    bench.members(WEB, "10.0.0.8:80").settle();
    assertThat(bench.status().sync())
        .isInstanceOfSatisfying(
            Sync.Behind.class,
            behind -> {
              assertThat(behind.reason()).contains("distance");
              assertThat(behind.plan()).isPresent();
            });
  }

  @Test
  void aChangeElsewhereCostsThisProxyNothing() {
    long generation = bench.members(OTHER, "10.0.9.1:80").settle();
    assertThat(bench.driver().calls()).isEmpty();
    assertThat(bench.events).isEmpty();
    assertThat(bench.status().progress().generation()).isEqualTo(generation);
  }

  @Test
  void onlyPoolsThatChangedAreLookedAt() {
    bench.members(API, "10.0.1.7:80").settle();
    assertThat(bench.driver().observed()).containsExactly(Set.of(API));
  }

  @Test
  void everythingIsLookedAtEveryThirtySeconds() {
    bench.runFor(Duration.ofSeconds(61));
    assertThat(bench.driver().observed()).containsExactly(Set.of(WEB, API), Set.of(WEB, API));
    assertThat(bench.events).isEmpty();
  }

  @Test
  void aPoolThatNeverRestsDoesNotPutOffTheFullLook() {
    for (int i = 0; i < 350; i++) {
      bench.members(WEB, "10.0.3." + i % 200 + ":80").publish();
      bench.runFor(Duration.ofMillis(100));
    }
    assertThat(bench.driver().observed()).contains(Set.of(WEB, API));
  }

  @Test
  void aMemberTakenOutBehindOurBackIsPutBack() {
    bench.process.command("del web 10.0.0.1_80");
    bench.runFor(Duration.ofSeconds(31));
    assertThat(webServers()).containsExactly("10.0.0.1_80");
    assertThat(bench.told()).containsExactly(EventKind.PROXY_DRIFTED, EventKind.APPLY_DONE);
  }

  @Test
  void aDifferenceFoundDuringAChangeIsNobodysDrift() {
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").settle();
    bench.members(WEB, "10.0.0.1:80").settle();
    assertThat(bench.told()).containsOnly(EventKind.APPLY_DONE);
  }

  @Test
  void aRepairThatNeedsAReloadWaitsForItsDistanceAndIsDone() {
    bench.byReload();
    bench.settle();
    bench.runFor(Duration.ofSeconds(29).plusMillis(700));
    bench.members(API, "10.0.1.9:80").settle();
    bench.process.command("del web 10.0.0.1_80");
    bench.runFor(Duration.ofSeconds(2));
    assertThat(webServers()).containsExactly("10.0.0.1_80");
    assertThat(bench.told()).contains(EventKind.PROXY_DRIFTED);
  }

  @Test
  void aRequestToLookIsDoneAtOnce() {
    bench.process.command("del web 10.0.0.1_80");
    bench.reconciler().sync();
    bench.step();
    assertThat(webServers()).containsExactly("10.0.0.1_80");
  }

  @Test
  void whatTheDriverPutOffIsDoneWhenItIsDue() {
    bench.members(WEB, "10.0.0.2:80").settle();
    assertThat(bench.process.file().orElseThrow()).doesNotContain("10.0.0.2");
    bench.runFor(Duration.ofSeconds(1));
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.2");
  }

  @Test
  void closingLeavesTheProxyAsItIs() {
    int commands = bench.process.commands();
    int reloads = bench.process.reloads();
    bench.reconciler().close();
    assertThat(bench.process.commands()).isEqualTo(commands);
    assertThat(bench.process.reloads()).isEqualTo(reloads);
    assertThat(webServers()).containsExactly("10.0.0.1_80");
  }

  @Test
  void aProxyThatStopsIsLostOnceAndBackOnce() {
    bench.process.stop();
    bench.runFor(Duration.ofSeconds(40));
    bench.members(WEB, "10.0.0.5:80").settle();
    assertThat(bench.told()).startsWith(EventKind.PROXY_LOST).contains(EventKind.APPLY_DONE);
    bench.process.start();
    bench.runFor(Duration.ofSeconds(2));
    assertThat(webServers()).containsExactly("10.0.0.5_80");
    assertThat(bench.told()).containsOnlyOnce(EventKind.PROXY_LOST, EventKind.PROXY_BACK);
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void aProxyThatCannotBeAskedIsNotInStep() {
    bench.process.reachable(Switch.OFF);
    bench.runFor(Duration.ofSeconds(31));
    assertThat(bench.status().inSync()).isFalse();
    bench.process.reachable(Switch.ON);
    bench.runFor(Duration.ofSeconds(6));
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.told())
        .containsOnlyOnce(EventKind.PROXY_LOST, EventKind.PROXY_BACK, EventKind.APPLY_FAILED);
  }

  @Test
  void measuresFromTheChangeUntilItIsReadBack() {
    bench.members(WEB, "10.0.0.2:80").publish();
    bench.time.advance(Duration.ofMillis(7));
    bench.step();
    assertThat(bench.meters().changeApplied(Outcome.Way.LIVE).snapshot().sum())
        .isEqualTo(Duration.ofMillis(7));
    assertThat(bench.meters().applies(Outcome.Way.LIVE, ReconcileMeters.Result.APPLIED))
        .isEqualTo(1);
  }

  @Test
  void theLoopShowsThatItLivesWhenNothingHappens() {
    assertThat(bench.step()).isLessThanOrEqualTo(Duration.ofSeconds(10));
    bench.time.advance(Duration.ofSeconds(10));
    bench.step();
    assertThat(bench.status().progress().lastRun()).isEqualTo(bench.time.now());
    assertThat(bench.events).extracting(Event::kind).isEmpty();
  }

  @Test
  void aFileThatTheProxyIsMadeFromIsFollowedWithinASecond() {
    bench.driver().follow("one");
    bench.runFor(Duration.ofSeconds(31));
    bench.driver().observed();
    bench.runFor(Duration.ofSeconds(3));
    assertThat(bench.driver().observed()).as("nothing has changed").isEmpty();
    bench.driver().follow("two");
    bench.runFor(Duration.ofMillis(1_100));
    assertThat(bench.driver().observed()).containsExactly(Set.of(WEB, API));
    bench.runFor(Duration.ofSeconds(3));
    assertThat(bench.driver().observed()).as("once").isEmpty();
  }

  @Test
  void whatFollowsFromSuchAFileIsWantedAndNoDrift() {
    bench.driver().follow("one");
    bench.runFor(Duration.ofSeconds(31));
    bench.events.clear();
    bench.driver().follow("two");
    bench.process.command("del web 10.0.0.1_80");
    bench.runFor(Duration.ofSeconds(2));
    assertThat(bench.told()).containsExactly(EventKind.APPLY_DONE);
  }
}

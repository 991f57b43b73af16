package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.engine.run.OnDeath;
import dev.weir.engine.run.TaskGroup;
import dev.weir.model.EventKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a reconciler begins, with a proxy that runs, one that does not, and only once. */
@Timeout(60)
class ReconcilerStartTest {
  private final Bench bench = new Bench().byReload();

  /** A proxy that a former Weir left, with members in both pools. */
  private void aServingProxy() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(2));
    bench.restart();
    bench.events.clear();
  }

  private String waiting() {
    return bench.status().sync() instanceof Sync.Waiting waits ? waits.reason() : "";
  }

  @Test
  void whatRunsIsAdoptedWithoutAReload() {
    aServingProxy();
    int reloads = bench.process.reloads();
    bench.settle();
    bench.runFor(Duration.ofSeconds(60));
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.process.reloads()).isEqualTo(reloads);
    assertThat(bench.events).isEmpty();
  }

  @Test
  void aRunningProxyIsNotTouchedWhileASourceOfAServedPoolIsUnheard() {
    aServingProxy();
    int reloads = bench.process.reloads();
    bench.members(API, "10.0.1.2:80").unheard(WEB).settle();
    bench.runFor(Duration.ofMinutes(10));
    assertThat(bench.process.reloads()).isEqualTo(reloads);
    assertThat(waiting()).contains("sources of web");
    assertThat(bench.status().hadOutcome()).isFalse();
    bench.members(WEB, "10.0.0.1:80").settle();
    assertThat(bench.process.states(API)).containsOnlyKeys("10.0.1.2_80");
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void aRunningProxyIsNotTouchedBeforeTheFirstChecks() {
    aServingProxy();
    int reloads = bench.process.reloads();
    bench.members(WEB, "10.0.0.2:80").starting(Bench.Starting.YES).settle();
    bench.runFor(Duration.ofSeconds(4));
    assertThat(bench.process.reloads()).isEqualTo(reloads);
    assertThat(waiting()).contains("first checks");
    bench.starting(Bench.Starting.OVER).settle();
    assertThat(bench.process.states(WEB)).containsOnlyKeys("10.0.0.2_80");
  }

  @Test
  void anUnheardSourceOfAPoolThatServesNobodyHoldsUpTheRestForFiveSecondsOnly() {
    bench.members(WEB, "10.0.0.1:80").members(API).publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(2));
    bench.restart();
    bench.members(WEB, "10.0.0.2:80").unheard(API).settle();
    bench.runFor(Duration.ofSeconds(4));
    assertThat(bench.process.states(WEB)).containsOnlyKeys("10.0.0.1_80");
    bench.runFor(Duration.ofSeconds(2));
    assertThat(bench.process.states(WEB)).containsOnlyKeys("10.0.0.2_80");
  }

  /** The first file would otherwise be one without members, and be taken for the work done. */
  @Test
  void theFirstFileOfAStoppedProxyWaitsForReportsAndChecksForFiveSecondsOnly() {
    bench.members(WEB, "10.0.0.1:80").unheard(API).settle();
    bench.runFor(Duration.ofSeconds(4));
    assertThat(bench.process.file()).isEmpty();
    assertThat(waiting()).contains("first report of the sources of api");
    bench.runFor(Duration.ofSeconds(2));
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.1");
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.told()).containsExactly(EventKind.PROXY_LOST, EventKind.APPLY_DONE);
  }

  @Test
  void onceWaitsForTheFirstChecks() throws InterruptedException {
    bench.members(WEB, "10.0.0.1:80").members(API).starting(Bench.Starting.YES).publish();
    assertThat(bench.reconciler().runOnce(Duration.ZERO).hadOutcome()).isFalse();
    assertThat(bench.process.file()).isEmpty();
    bench.starting(Bench.Starting.OVER).settle();
    assertThat(bench.status().hadOutcome()).isTrue();
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.1");
  }

  @Test
  void theFilesOfAStoppedProxyAreKeptWhileSourcesAreUnheard() {
    aServingProxy();
    bench.process.stop();
    String file = bench.process.file().orElseThrow();
    bench.unheard(WEB).unheard(API).settle();
    bench.runFor(Duration.ofMinutes(1));
    assertThat(bench.process.file()).contains(file);
    bench.process.start();
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").settle();
    bench.runFor(Duration.ofSeconds(2));
    assertThat(bench.status().inSync()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Mode.class,
      names = {"OBSERVE", "DRY_RUN"})
  void whereItOnlyLooksItNeverTouchesTheProxyAndSaysWhatItWouldDo(Mode mode) {
    aServingProxy();
    bench.restart(mode);
    int reloads = bench.process.reloads();
    String file = bench.process.file().orElseThrow();
    bench.members(WEB, "10.0.0.2:80").settle();
    bench.runFor(Duration.ofMinutes(2));
    assertThat(bench.process.reloads()).isEqualTo(reloads);
    assertThat(bench.process.file()).contains(file);
    assertThat(bench.status().sync())
        .isInstanceOfSatisfying(
            Sync.WouldApply.class,
            would ->
                assertThat(would.text()).contains("with a reload", "+ web 10.0.0.2_80", "- web"));
    assertThat(bench.driver().calls()).doesNotContain(SpyDriver.Call.APPLY, SpyDriver.Call.UPKEEP);
  }

  @Test
  void onceMeansUntilThereIsAnOutcome() throws InterruptedException {
    bench.members(WEB, "10.0.0.1:80").members(API).publish();
    ProxyStatus status = bench.reconciler().runOnce(Duration.ofSeconds(5));
    assertThat(status.inSync()).isTrue();
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.1");
  }

  @Test
  void onceEndsWithTheFirstRefusal() throws InterruptedException {
    bench.process.refuse("10.0.0.1");
    bench.members(WEB, "10.0.0.1:80").members(API).publish();
    ProxyStatus status = bench.reconciler().runOnce(Duration.ofSeconds(5));
    assertThat(status.inSync()).isFalse();
    assertThat(status.hadOutcome()).isTrue();
  }

  @Test
  void theLoopAppliesWhatComesInAndEndsWhenItIsInterrupted() throws InterruptedException {
    bench.members(WEB, "10.0.0.1:80").members(API).publish();
    TaskGroup tasks = new TaskGroup("test", new OnDeath.Report((name, e) -> {}), bench.time);
    try (tasks) {
      tasks.start("reconcile edge", bench.reconciler()::run);
      await().until(() -> bench.status().inSync());
      bench.time.advance(Duration.ofMillis(6)); // calm, so that the next change is a lone one
      bench.members(WEB, "10.0.0.2:80");
      long generation = bench.publish();
      ProxyStatus status =
          bench
              .reconciler()
              .awaitStatus(it -> it.progress().generation() == generation, Duration.ofHours(1));
      assertThat(status.inSync()).isTrue();
    }
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.2");
  }
}

package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.reconcile.ReconcileMeters.Result;
import dev.weir.model.EventKind;
import dev.weir.model.Outcome;
import dev.weir.testkit.fake.FakeProxy.Switch;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that somebody wants loaded anew. */
class ReloadOrdersTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void inStep() {
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    bench.events.clear();
    assertThat(bench.status().inSync()).isTrue();
  }

  private static Optional<Outcome> outcome(ReloadOrder order) throws InterruptedException {
    return order.await(Duration.ZERO);
  }

  private long reloads() {
    return bench.meters().applies(Outcome.Way.RELOAD, Result.APPLIED);
  }

  @Test
  void isReloadedOnceForAllWhoWantIt() throws Exception {
    long before = reloads();
    ReloadOrder first = bench.reconciler().reload("asked for by alice");
    ReloadOrder second = bench.reconciler().reload("asked for by bob");
    assertThat(outcome(first)).isEmpty();

    bench.runFor(Duration.ofMillis(10));

    assertThat(outcome(first).orElseThrow())
        .isInstanceOfSatisfying(
            Outcome.Applied.class,
            applied -> assertThat(applied.way()).isEqualTo(Outcome.Way.RELOAD));
    assertThat(outcome(second)).isEqualTo(outcome(first));
    assertThat(reloads()).isEqualTo(before + 1);
    assertThat(bench.meters().reloads()).containsKey("asked for by alice; asked for by bob");
    assertThat(bench.told()).containsExactly(EventKind.APPLY_DONE);
    assertThat(bench.status().inSync()).isTrue();
    bench.runFor(Duration.ofMinutes(1));
    assertThat(reloads()).isEqualTo(before + 1);
  }

  @Test
  void whatIsChangedMeanwhileComesWithTheReload() throws Exception {
    ReloadOrder order = bench.reconciler().reload("asked for");
    bench.members(WEB, "10.0.0.3:80").settle();
    assertThat(outcome(order).orElseThrow()).isInstanceOf(Outcome.Applied.class);
    assertThat(bench.process.states(WEB)).containsOnlyKeys("10.0.0.3_80");
  }

  @Test
  void keepsItsDistanceFromAnotherReload() throws Exception {
    var _ = bench.reconciler().reload("first");
    bench.runFor(Duration.ofMillis(10));
    ReloadOrder second = bench.reconciler().reload("second");
    bench.runFor(Duration.ofMillis(10));
    assertThat(outcome(second)).isEmpty();
    bench.runFor(Duration.ofMillis(400));
    assertThat(outcome(second).orElseThrow()).isInstanceOf(Outcome.Applied.class);
  }

  @Test
  void aRefusalIsTheAnswer() throws Exception {
    bench.process.ownConfigurationBroken(Switch.ON);
    ReloadOrder order = bench.reconciler().reload("asked for");
    bench.runFor(Duration.ofMillis(10));
    assertThat(outcome(order).orElseThrow()).isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void aPausedProxyIsNotReloadedAndNotLaterEither() throws Exception {
    bench.pause();
    long before = reloads();
    ReloadOrder order = bench.reconciler().reload("asked for");
    bench.runFor(Duration.ofMillis(10));
    assertThat(outcome(order).orElseThrow())
        .isEqualTo(new Outcome.Failed("reload", "it is paused by alice"));
    bench.resume();
    bench.runFor(Duration.ofMinutes(1));
    assertThat(reloads()).isEqualTo(before);
  }

  @Test
  void whereItDoesNotRunThereIsNothingToLoad() throws Exception {
    bench.process.stop();
    ReloadOrder order = bench.reconciler().reload("asked for");
    bench.runFor(Duration.ofSeconds(2));
    assertThat(outcome(order).orElseThrow())
        .isInstanceOfSatisfying(
            Outcome.Failed.class, failed -> assertThat(failed.reason()).contains("does the proxy"));
  }
}

package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.reconcile.ReconcileMeters.Rollback;
import dev.weir.model.EventKind;
import dev.weir.model.Outcome;
import dev.weir.testkit.fake.FakeProxy.Switch;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A proxy that is brought back to an earlier revision, and stays there until it is resumed. */
class RollbackTest {
  private final Bench bench = new Bench();
  private long wanted;

  @BeforeEach
  void threeRevisions() {
    bench.members(WEB, "10.0.0.1:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").settle();
    wanted = bench.status().progress().revision();
    bench.members(WEB, "10.0.0.3:80").settle();
    bench.runFor(Duration.ofSeconds(5));
    bench.events.clear();
    assertThat(webServers()).containsExactly("10.0.0.3_80");
  }

  private Set<String> webServers() {
    return bench.process.states(WEB).keySet();
  }

  private void roundOnceMore() {
    bench.reconciler().sync();
    bench.runFor(Duration.ofMillis(10));
  }

  @Test
  void bringsItsBytesBackByAReloadAndSaysWhatWouldBeDone() {
    long before = bench.status().progress().revision();
    bench.pin(wanted);
    roundOnceMore();

    assertThat(webServers()).containsExactly("10.0.0.1_80", "10.0.0.2_80");
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.2:80");
    assertThat(bench.status().pinned().orElseThrow().outcome().orElseThrow())
        .isInstanceOf(Outcome.Applied.class);
    assertThat(bench.status().sync())
        .isInstanceOfSatisfying(
            Sync.WouldApply.class, would -> assertThat(would.why()).isEqualTo("pinned by alice"));
    assertThat(bench.status().progress().revision()).isEqualTo(before + 1);
    assertThat(bench.meters().rollbacks(Rollback.OPERATOR)).isOne();
    assertThat(bench.told()).containsExactly(EventKind.APPLY_DONE, EventKind.WOULD_APPLY);
  }

  @Test
  void staysThereWhateverChangesUntilItIsResumed() {
    bench.pin(wanted);
    roundOnceMore();
    bench.members(WEB, "10.0.0.4:80").settle();
    bench.runFor(Duration.ofMinutes(2));
    assertThat(webServers()).containsExactly("10.0.0.1_80", "10.0.0.2_80");

    bench.resume();
    roundOnceMore();
    assertThat(webServers()).containsExactly("10.0.0.4_80");
    assertThat(bench.status().pinned()).isEmpty();
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void anotherWeirFindsItThereAndDoesNothing() {
    bench.pin(wanted);
    roundOnceMore();
    bench.runFor(Duration.ofSeconds(5));
    long revision = bench.status().progress().revision();
    bench.restart().settle();
    bench.runFor(Duration.ofMinutes(1));

    assertThat(webServers()).containsExactly("10.0.0.1_80", "10.0.0.2_80");
    assertThat(bench.status().progress().revision()).isEqualTo(revision);
  }

  @Test
  void whatSomebodyElseChangesIsPutBackThere() {
    bench.pin(wanted);
    roundOnceMore();
    bench.events.clear();
    assertThat(bench.process.command("del web 10.0.0.2_80")).isEmpty();
    bench.runFor(Duration.ofMinutes(1));

    assertThat(webServers()).containsExactly("10.0.0.1_80", "10.0.0.2_80");
    assertThat(bench.told()).startsWith(EventKind.PROXY_DRIFTED, EventKind.APPLY_DONE);
  }

  @Test
  void aRefusalLeavesTheProxyAsItWas() {
    bench.process.ownConfigurationBroken(Switch.ON);
    bench.pin(wanted);
    roundOnceMore();

    assertThat(webServers()).containsExactly("10.0.0.3_80");
    assertThat(bench.status().pinned().orElseThrow().outcome().orElseThrow())
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(bench.meters().rollbacks(Rollback.OPERATOR)).isZero();
    assertThat(bench.meters().rollbacks(Rollback.REJECTED)).isOne();
  }

  /** Who tried again after a refusal was told the refusal of the first try, untried. */
  @Test
  void aSecondPinToTheSameRevisionIsTriedAnew() {
    bench.process.ownConfigurationBroken(Switch.ON);
    bench.pin(wanted);
    roundOnceMore();
    bench.process.ownConfigurationBroken(Switch.OFF);
    bench.time.advance(Duration.ofMillis(1));
    Brake.PinnedTo first = bench.status().pinned().orElseThrow().to();
    bench.pin(wanted);
    roundOnceMore();
    bench.runFor(Duration.ofSeconds(1)); // reloads keep their distance

    ProxyStatus.Pinned second = bench.status().pinned().orElseThrow();
    assertThat(second.to()).isNotEqualTo(first);
    assertThat(second.outcome().orElseThrow()).isInstanceOf(Outcome.Applied.class);
    assertThat(webServers()).containsExactly("10.0.0.1_80", "10.0.0.2_80");
  }

  @Test
  void aRevisionThatIsNotKeptLeavesTheProxyAsItIs() {
    bench.pin(4711);
    bench.members(WEB, "10.0.0.4:80").settle();

    assertThat(webServers()).containsExactly("10.0.0.3_80");
    assertThat(bench.status().sync())
        .isInstanceOfSatisfying(
            Sync.WouldApply.class, would -> assertThat(would.why()).contains("is not kept"));
  }
}

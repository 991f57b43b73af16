package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.ServerState;
import dev.weir.testkit.Faults;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One plan is for all pools: what of it needs no reload does not wait with the rest. */
class PartsWithoutReloadTest {
  private final Bench bench = new Bench();

  @BeforeEach
  void aProxyInStepWhoseReloadsWaitForOldProcesses() {
    bench.limited(new ReloadLimits(Duration.ofMillis(350), 3, 12, 8));
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofMinutes(1));
    assertThat(bench.status().inSync()).isTrue();
    bench.events.clear();
    bench.driver().oldProcesses(8);
    bench.directive("least_conn");
  }

  @Test
  void membersChangeWhileTheReloadWaits() {
    int before = bench.process.reloads();
    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(3));

    assertThat(serving()).containsExactly("10.0.0.1_80", "10.0.0.3_80");
    assertThat(bench.process.reloads()).isEqualTo(before);
    assertThat(bench.status().inSync()).as("the directive is missing").isFalse();
    assertThat(bench.told())
        .containsExactlyInAnyOrder(EventKind.APPLY_DONE, EventKind.RELOAD_DEFERRED);
    assertThat(
            bench.events.stream().map(Event::message).filter(it -> it.contains("the rest waits")))
        .singleElement()
        .asString()
        .contains("+ web 10.0.0.3_80", "- web 10.0.0.2_80");
    assertThat(bench.process.file().orElseThrow())
        .as("the file follows")
        .contains("10.0.0.3_80")
        .doesNotContain("least_conn");
  }

  @Test
  void andTheReloadBringsTheRest() {
    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(3));
    int before = bench.process.reloads();

    bench.driver().oldProcesses(7);
    bench.runFor(Duration.ofSeconds(2));

    assertThat(bench.process.reloads()).isEqualTo(before + 1);
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.process.file().orElseThrow()).contains("10.0.0.3_80", "least_conn");
  }

  /** The dead are an urgent reason only where nothing but the reload takes them out. */
  @Test
  void theDeadGoWithoutTheReload() {
    int before = bench.process.reloads();
    bench.dead("10.0.0.2:80").members(WEB, "10.0.0.1:80", "10.0.0.2:80").publish();
    bench.runFor(Duration.ofSeconds(3));

    assertThat(bench.process.states(WEB)).containsEntry("10.0.0.2_80", ServerState.MAINT);
    assertThat(bench.process.reloads()).isEqualTo(before);
  }

  @Test
  void whatFailsIsTriedAgain() {
    bench.faults.arm(Faults.Kind.FAIL, 1);
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofSeconds(3));
    assertThat(bench.told()).containsOnlyOnce(EventKind.APPLY_FAILED);
    assertThat(serving()).contains("10.0.0.3_80");
  }

  /** What would be reported as drift is its own doing. */
  @Test
  void whatWasDoneInPartsIsNobodyElsesChange() {
    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").publish();
    bench.runFor(Duration.ofMinutes(2));
    assertThat(bench.told()).doesNotContain(EventKind.PROXY_DRIFTED);
  }

  private List<String> serving() {
    return List.copyOf(bench.process.states(WEB).keySet());
  }
}

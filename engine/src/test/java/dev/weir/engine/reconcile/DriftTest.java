package dev.weir.engine.reconcile;

import static dev.weir.engine.reconcile.Bench.API;
import static dev.weir.engine.reconcile.Bench.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.EventKind;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * What becomes of what somebody else changes at a proxy: taken over, put right, left, contested.
 */
class DriftTest {
  private final Bench bench = new Bench();
  private final List<AtProxy> decisions = new ArrayList<>();
  private final List<String> contested = new ArrayList<>();
  private Appeals.Answer answer = Appeals.Answer.TAKEN;

  private void inStep(Drift drift) {
    bench.drift(
        drift,
        new Appeals() {
          @Override
          public Answer decided(ProxyName proxy, List<AtProxy> members) {
            decisions.addAll(members);
            return answer;
          }

          @Override
          public void contested(ProxyName proxy, String why) {
            contested.add(why);
            var _ = bench.pause();
          }
        });
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80").members(API, "10.0.1.1:80").publish();
    bench.step();
    bench.process.start();
    bench.runFor(Duration.ofSeconds(5));
    bench.events.clear();
    assertThat(bench.status().inSync()).isTrue();
  }

  private void atProxy(String command) {
    assertThat(bench.process.command(command)).isEmpty();
  }

  private void drainWeb1() {
    atProxy("set web 10.0.0.1_80 10.0.0.1:80 drain 1 -");
  }

  private ServerState web1() {
    return Objects.requireNonNull(bench.process.states(WEB).get("10.0.0.1_80"), "web1");
  }

  @Test
  void aDrainAtTheProxyIsADecisionAndNotPutRight() {
    inStep(Drift.RESPECT);
    drainWeb1();
    bench.runFor(Duration.ofSeconds(31));

    assertThat(web1()).isEqualTo(ServerState.DRAIN);
    assertThat(decisions.getFirst().is()).isEqualTo(ServerState.DRAIN);
    assertThat(decisions.getFirst().member().address().toString()).isEqualTo("10.0.0.1:80");
    assertThat(bench.told()).doesNotContain(EventKind.PROXY_DRIFTED);
  }

  @Test
  void aDrainIsSeenAlsoWhereTheNextLookIsForAChangeOfWeirs() {
    inStep(Drift.RESPECT);
    drainWeb1();
    bench.members(WEB, "10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80").settle();

    assertThat(decisions).hasSize(1);
    assertThat(web1()).isEqualTo(ServerState.DRAIN);
  }

  @Test
  void whatIsNobodysDecisionIsPutRight() {
    inStep(Drift.RESPECT);
    atProxy("set web 10.0.0.1_80 10.0.0.9:80 ready 7 -");
    bench.runFor(Duration.ofSeconds(35));

    assertThat(decisions).isEmpty();
    assertThat(bench.process.file().orElseThrow()).doesNotContain("10.0.0.9");
    assertThat(bench.status().inSync()).isTrue();
    assertThat(bench.told()).startsWith(EventKind.PROXY_DRIFTED);
  }

  @Test
  void whatANewProcessHasIsNobodysDecision() {
    inStep(Drift.RESPECT);
    bench.process.reload();
    drainWeb1();
    bench.runFor(Duration.ofSeconds(35));

    assertThat(decisions).isEmpty();
    assertThat(web1()).isEqualTo(ServerState.READY);
  }

  @Test
  void whereADecisionCannotBeKeptTheProxyIsLeft() {
    inStep(Drift.RESPECT);
    answer = Appeals.Answer.FAILED;
    drainWeb1();
    bench.runFor(Duration.ofSeconds(60));

    assertThat(web1()).isEqualTo(ServerState.DRAIN);
    assertThat(bench.status().sync())
        .isInstanceOfSatisfying(
            Sync.Behind.class, behind -> assertThat(behind.reason()).contains("cannot be kept"));
  }

  @Test
  void aDecisionThatCannotBeKeptHoldsUpNothingThatWeirHasToChange() {
    inStep(Drift.RESPECT);
    answer = Appeals.Answer.FAILED;
    drainWeb1();
    bench.runFor(Duration.ofSeconds(35));
    assertThat(web1()).isEqualTo(ServerState.DRAIN);

    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").settle();

    assertThat(bench.process.states(WEB))
        .containsEntry("10.0.0.3_80", ServerState.READY)
        .doesNotContainKey("10.0.0.2_80");
    assertThat(bench.status().inSync()).isTrue();
  }

  @Test
  void whoRepairsPutsADrainRight() {
    inStep(Drift.REPAIR);
    drainWeb1();
    bench.runFor(Duration.ofSeconds(35));

    assertThat(decisions).isEmpty();
    assertThat(web1()).isEqualTo(ServerState.READY);
  }

  @Test
  void whoReportsTellsOnceAndLeavesItUntilWeirHasSomethingToChange() {
    inStep(Drift.REPORT);
    drainWeb1();
    bench.runFor(Duration.ofMinutes(5));
    assertThat(web1()).isEqualTo(ServerState.DRAIN);
    assertThat(bench.told()).containsExactly(EventKind.PROXY_DRIFTED);
    assertThat(bench.status().inSync()).isFalse();

    bench.members(WEB, "10.0.0.1:80", "10.0.0.3:80").settle();
    assertThat(web1()).isEqualTo(ServerState.READY);
  }

  @Test
  void whoReportsPutsItRightWhenAskedTo() {
    inStep(Drift.REPORT);
    drainWeb1();
    bench.runFor(Duration.ofSeconds(35));
    bench.reconciler().sync();
    bench.runFor(Duration.ofMillis(10));

    assertThat(web1()).isEqualTo(ServerState.READY);
    assertThat(contested).isEmpty();
  }

  @Test
  void theThirdTimeInTenMinutesItIsLeft() {
    inStep(Drift.REPAIR);
    for (int i = 0; i < 2; i++) {
      drainWeb1();
      bench.runFor(Duration.ofSeconds(35));
      assertThat(web1()).isEqualTo(ServerState.READY);
    }
    drainWeb1();
    bench.runFor(Duration.ofSeconds(35));

    assertThat(contested).isNotEmpty();
    assertThat(contested.getFirst()).contains("3 times within 10m");
    assertThat(web1()).isEqualTo(ServerState.DRAIN);
  }

  @Test
  void threeTimesInALongTimeAreNoDispute() {
    inStep(Drift.REPAIR);
    for (int i = 0; i < 4; i++) {
      drainWeb1();
      bench.runFor(Duration.ofMinutes(6));
      assertThat(web1()).isEqualTo(ServerState.READY);
    }
    assertThat(contested).isEmpty();
  }
}

package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.API;
import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.id;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.health.Candidate;
import dev.weir.model.CatalogMember;
import dev.weir.model.OperatorOverride.Drain;
import dev.weir.model.PoolDefinition;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.Standing;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What one run of Weir leaves to the next. */
class KeeperRestartTest {
  private static final SourceName FILE = new SourceName("web/file");
  private final KeeperRig rig = new KeeperRig();
  private final PoolDefinition web = pool(WEB, UnaryOperator.identity(), "file");

  @Test
  void theLastGoodReportsSurviveAStartWithEverySourceDead() {
    rig.start(web).reports(WEB, 1, 2).step().beside();
    rig.start(web);

    rig.reports(WEB, new SourceReport.Unavailable("connection refused")).step();

    assertThat(rig.members(WEB)).containsExactly(id(WEB, 1), id(WEB, 2));
    assertThat(rig.inputs().settled(WEB)).isTrue();
    assertThat(rig.told()).containsExactly("source.lost");
  }

  @Test
  void aCatalogOlderThanAnHourIsRememberedAndLookedAt() {
    rig.start(web).reports(WEB, 1, 2).step().beside();
    rig.time.advance(Duration.ofMinutes(61));
    rig.start(web);
    assertThat(rig.looks).extracting(Candidate::id).containsExactly(id(WEB, 1), id(WEB, 2));
    assertThat(found(1).presence()).isInstanceOf(Presence.Remembered.class);

    rig.mailbox.looked(id(WEB, 1), new ProbeResult(Kind.OK, "connected", Duration.ZERO));
    rig.step();

    assertThat(found(1).standing()).isEqualTo(Standing.PROVEN);
    assertThat(found(2).standing()).isEqualTo(Standing.KNOWN);
  }

  @Test
  void aReportThatStaysTrueIsWrittenAnewSoThatItDoesNotGrowOld() {
    rig.start(web).reports(WEB, 1, 2).step().beside();

    rig.later(Duration.ofHours(5)).beside();
    rig.start(web);

    assertThat(found(1).presence()).isInstanceOf(Presence.Present.class);
  }

  @Test
  void oneWhoseSourceIsLostIsNot() {
    rig.start(web).reports(WEB, 1, 2).step().beside();
    rig.reports(WEB, new SourceReport.Unavailable("gone")).step();

    rig.later(Duration.ofHours(5)).beside();
    rig.start(web);

    assertThat(found(1).presence()).isInstanceOf(Presence.Remembered.class);
  }

  @Test
  void whatTheGuardHoldsIsHeldAgain() {
    rig.start(web).reports(WEB, 1, 2, 3, 4).step();
    rig.reports(WEB, 1).step().beside();
    rig.start(web);
    assertThat(rig.members(WEB)).hasSize(4);

    rig.reports(WEB, 1).step();

    assertThat(found(2).presence()).isInstanceOf(Presence.Held.class);
  }

  @Test
  void overridesHoldFromTheFirstInputsOn() {
    rig.start(web).reports(WEB, 1).step();
    enqueue(rig.set(new Target.One(id(WEB, 1)), new Drain()));

    rig.start(web);

    assertThat(rig.inputs(WEB).overrides()).hasSize(1);
  }

  @Test
  void anOverrideThatExpiredMeanwhileIsToldAndDropped() {
    rig.start(web).reports(WEB, 1).step();
    enqueue(rig.set(new Target.One(id(WEB, 1)), new Drain(), Duration.ofMinutes(1)));
    rig.time.advance(Duration.ofMinutes(2));

    rig.start(web).step().beside();

    assertThat(rig.inputs(WEB).overrides()).isEmpty();
    assertThat(rig.told()).containsExactly("override.expired");
    assertThat(rig.disk.overrides).isEmpty();
  }

  @Test
  void generationsGoOn() {
    rig.start(web).reports(WEB, 1).step();
    long last = rig.inputs().generation();

    rig.start(web);

    assertThat(rig.inputs().generation()).isGreaterThan(last);
  }

  @Test
  void generationsGoOnThroughManyChangesAndAFullDisk() {
    rig.start(web);
    long before = rig.inputs().generation();
    for (int i = 0; i < 2_500; i++) {
      rig.disk.full = i > 1_500 && i < 2_200;
      rig.reports(WEB, i % 2 == 0 ? new int[] {1, 2, 3} : new int[] {1, 2}).step();
      assertThat(rig.inputs().generation()).isGreaterThan(before);
      before = rig.inputs().generation();
    }

    rig.start(web);

    assertThat(rig.inputs().generation()).isGreaterThan(before);
  }

  @Test
  void reportsOfSourcesThatAreConfiguredNoMoreAreDropped() {
    rig.start(web, pool(API, UnaryOperator.identity(), "file"));
    rig.reports(WEB, 1).reports(API, 1).step().beside();
    assertThat(rig.disk.reports).hasSize(2);

    rig.start(web).beside();

    assertThat(rig.disk.reports).containsOnlyKeys(FILE);
  }

  @Test
  void aReportThatCouldNotBeWrittenIsWrittenLater() {
    rig.start(web);
    rig.disk.full = true;
    rig.reports(WEB, 1).step().beside();
    assertThat(rig.disk.reports).isEmpty();

    rig.disk.full = false;
    rig.beside();

    assertThat(rig.disk.reports).containsOnlyKeys(FILE);
  }

  private CatalogMember found(int n) {
    return rig.inputs(WEB).pool().find(id(WEB, n)).orElseThrow();
  }

  private void enqueue(Command command) {
    try {
      rig.keeper().enqueue(command);
    } catch (Refused | StoreException e) {
      throw new AssertionError(e);
    }
    rig.step();
  }
}

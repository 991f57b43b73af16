package dev.weir.engine.keeper;

import static dev.weir.engine.keeper.KeeperRig.API;
import static dev.weir.engine.keeper.KeeperRig.WEB;
import static dev.weir.engine.keeper.KeeperRig.id;
import static dev.weir.engine.keeper.KeeperRig.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.health.Candidate;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.OperatorOverride.Drain;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.PoolPolicy;
import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.Target;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New definitions while running: what did not change is not disturbed. */
class KeeperReconfigurationTest {
  private static final PoolId SHOP = new PoolId("shop");
  private final KeeperRig rig = new KeeperRig();
  private final PoolDefinition web = pool(WEB, KeeperRig::checked, "file");
  private final PoolDefinition api = pool(API, KeeperRig::checked, "file");

  @BeforeEach
  void start() {
    rig.start(web, api).reports(WEB, 1, 2).reports(API, 1).step();
    rig.passes(WEB, 1, 2).passes(API, 1).step();
    rig.told();
  }

  private void reconfigure(PoolDefinition... definitions) {
    send(new Command.Reconfigure(List.of(definitions)));
  }

  private void send(Command command) {
    try {
      rig.keeper().enqueue(command);
    } catch (Refused | StoreException e) {
      throw new AssertionError(e);
    }
    rig.step();
  }

  @Test
  void aSourceThatIsReplacedByAnotherIsKnownNoMore() {
    reconfigure(pool(WEB, KeeperRig::checked, "docker"), api);

    assertThat(rig.inputs().sources())
        .doesNotContainKey(SourceName.of(WEB, "file"))
        .containsKey(SourceName.of(API, "file"));
  }

  @Test
  void aPoolThatGoesIsKnownNoMore() {
    reconfigure(api);

    assertThat(rig.inputs().pools()).containsOnlyKeys(API);
    assertThat(rig.inputs().sources()).containsOnlyKeys(SourceName.of(API, "file"));
  }

  @Test
  void theSameAgainChangesNothing() {
    long before = rig.inputs().generation();

    reconfigure(web, api);

    assertThat(rig.inputs().generation()).isEqualTo(before);
    assertThat(rig.told()).isEmpty();
  }

  @Test
  void anUnchangedPoolKeepsItsInstanceAndItsHealth() {
    PoolInputs before = rig.inputs(WEB);

    reconfigure(web, pool(API, p -> KeeperRig.checked(p).withFloor(3), "file"));

    assertThat(rig.inputs(WEB)).isSameAs(before);
    assertThat(rig.inputs(API).policy().floor()).isEqualTo(3);
    assertThat(rig.inputs(API).healthOf(id(API, 1))).isInstanceOf(Health.Up.class);
  }

  @Test
  void aNewPoolIsEmptyUntilItsSourceReports() {
    reconfigure(web, api, pool(SHOP, UnaryOperator.identity(), "file"));

    assertThat(rig.inputs().pools()).hasSize(3);
    assertThat(rig.inputs().settled(SHOP)).isFalse();
    assertThat(rig.told()).containsExactly("pool.added");
  }

  @Test
  void aNewPoolWithoutMembersIsToldToBeEmptyOnceItsSourceSaysSo() {
    reconfigure(web, api, pool(SHOP, UnaryOperator.identity(), "file"));
    rig.told();

    rig.mailbox.sink(new SourceName("shop/file")).report(SourceReport.Complete.of(List.of()));
    rig.step();

    assertThat(rig.told()).containsExactly("pool.empty");
  }

  @Test
  void aLargerShareFreesWhatTheGuardKeeps() {
    PoolDefinition strict = pool(WEB, p -> share(KeeperRig.checked(p).withFloor(0), 0), "file");
    reconfigure(strict, api);
    rig.fails(WEB, ProbeResult.Kind.TIMEOUT, 1).step();
    assertThat(presence(1)).isInstanceOf(Presence.Kept.class);

    reconfigure(pool(WEB, p -> share(KeeperRig.checked(p).withFloor(0), 1), "file"), api);

    assertThat(presence(1)).isInstanceOf(Presence.Present.class);
  }

  private static PoolPolicy share(PoolPolicy policy, double maxLoss) {
    return policy.withGuard(
        new PoolPolicy.GuardPolicy(maxLoss, Duration.ofSeconds(60), Duration.ofHours(24)));
  }

  private Presence presence(int n) {
    return rig.inputs(WEB).pool().find(id(WEB, n)).orElseThrow().presence();
  }

  @Test
  void aPoolThatIsGoneIsForgottenAndProbedNoMore() {
    reconfigure(web);

    assertThat(rig.inputs().pools()).containsOnlyKeys(WEB);
    assertThat(rig.followed.getOrDefault(API, List.of(candidate()))).isEmpty();
    assertThat(rig.told()).containsExactly("pool.gone");
    rig.beside();
    assertThat(rig.disk.reports).containsOnlyKeys(new SourceName("web/file"));
  }

  private static Candidate candidate() {
    return new Candidate(id(API, 1), (Endpoint) id(API, 1).address());
  }

  @Test
  void aReplacedSourceIsReplacedWithoutAGap() {
    reconfigure(pool(WEB, KeeperRig::checked, "docker"), api);
    assertThat(rig.members(WEB)).hasSize(2);
    assertThat(rig.inputs().settled(WEB)).isFalse();

    rig.mailbox
        .sink(new SourceName("web/docker"))
        .report(SourceReport.Complete.of(List.of(KeeperRig.member(WEB, 2))));
    rig.step();

    assertThat(rig.inputs(WEB).pool().find(id(WEB, 1)).orElseThrow().presence())
        .isInstanceOf(Presence.Leaving.class);
    assertThat(rig.inputs(WEB).pool().find(id(WEB, 2)).orElseThrow().presence())
        .isInstanceOf(Presence.Present.class);
  }

  @Test
  void aReportOfAFormerSourceThatComesLateIsIgnored() {
    reconfigure(pool(WEB, KeeperRig::checked, "docker"), api);

    rig.reports(WEB).step();

    assertThat(rig.members(WEB)).hasSize(2);
  }

  @Test
  void aCheckThatIsTakenAwayEndsProbingAndForgetsHealth() {
    reconfigure(pool(WEB, UnaryOperator.identity(), "file"), api);

    assertThat(rig.followed.getOrDefault(WEB, List.of(candidate()))).isEmpty();
    assertThat(rig.inputs(WEB).health()).isEmpty();
  }

  @Test
  void aCheckWithAnotherRhythmKeepsWhatIsKnown() {
    CheckPolicy slower = new CheckPolicy(Duration.ofSeconds(9), Duration.ofSeconds(1), 1, 1);
    reconfigure(pool(WEB, p -> p.withCheck(slower), "file"), api);

    assertThat(rig.inputs(WEB).healthOf(id(WEB, 1))).isInstanceOf(Health.Up.class);
    assertThat(rig.inputs(WEB).policy()).extracting(PoolPolicy::check).isNotNull();
  }

  @Test
  void overridesReachPoolsThatComeLater() {
    send(rig.set(new Target.Everywhere(new TreeMap<>()), new Drain()));

    reconfigure(web, api, pool(SHOP, UnaryOperator.identity(), "file"));

    assertThat(rig.inputs(SHOP).overrides()).hasSize(1);
  }
}

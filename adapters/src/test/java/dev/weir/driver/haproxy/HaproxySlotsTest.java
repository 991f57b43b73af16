package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.ProxyRig.Held;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Slots in a real HAProxy, whose algorithm takes no new server. */
@RequiresServer(Server.HAPROXY)
class HaproxySlotsTest {

  private static final DrainPolicy POLICY =
      new DrainPolicy(Duration.ofSeconds(30), Duration.ofSeconds(60));

  private Site site;

  @BeforeEach
  void open() throws Exception {
    site = new Site(new RealHaproxy(Site.AS), POLICY, "", "balance static-rr");
    site.start(site.ready(0, 1));
  }

  @AfterEach
  void close() throws Exception {
    site.close();
  }

  /** So many members at addresses where nobody is, and one that answers. */
  private DesiredState crowd(int members) {
    Wanted pool = Wanted.pool(Site.WEB).ready("b0", site.at(0));
    for (int i = 1; i < members; i++) {
      pool.maint("n" + i, RealHaproxy.nowhere(i));
    }
    return Wanted.state(pool);
  }

  private int reloadsTo(DesiredState wanted) throws Exception {
    int reloads = 0;
    for (int i = 0; i < 10; i++) {
      Plan plan = site.plan(wanted);
      if (plan instanceof Plan.InSync) {
        return reloads;
      }
      reloads += plan instanceof Plan.Reload ? 1 : 0;
      var _ = site.driver.apply(plan);
    }
    throw new AssertionError("does not converge: " + site.plan(wanted));
  }

  @Test
  void membersComeAndGoWithoutAReload() throws Exception {
    long worker = site.haproxy.worker();
    site.converge(site.ready(1, 2));
    site.converge(site.ready(0, 2));
    assertThat(site.haproxy.worker()).isEqualTo(worker);
    assertThat(site.client().ask(8))
        .extracting(Answer::by)
        .allMatch(by -> by.isPresent() && !by.get().equals(site.at(1)));
  }

  @Test
  void fromFewToManyAndBackNobodyIsUnservedAndNobodyStays() throws Exception {
    int reloads = 0;
    for (int members : List.of(3, 6, 20, 100, 400, 2000)) {
      reloads += reloadsTo(crowd(members));
      assertThat(site.client().ask(4)).extracting(Answer::status).containsOnly(200);
    }
    assertThat(reloads).isLessThanOrEqualTo(9);
    assertThat(reloadsTo(crowd(3))).isZero();
    assertThat(site.client().ask(4)).extracting(Answer::status).containsOnly(200);

    site.time.sleep(Duration.ofMinutes(11));
    assertThat(reloadsTo(crowd(3))).isZero();
    site.upkeep(3);
    assertThat(ServersState.read(site.haproxy.say("show servers state be_web")).get("be_web"))
        .hasSize(8);
  }

  @Test
  void aSlotWithConnectionsIsNotGivenAway() throws Exception {
    try (Held held = site.client().hold()) {
      int leaving = held.by().equals(site.at(0)) ? 0 : 1;
      site.converge(site.ready(1 - leaving));
      site.converge(site.ready(1 - leaving, 2));
      assertThat(site.haproxy.row(Site.AS, "slot" + (leaving + 1)).orElseThrow().endpoint())
          .contains(Slots.FREE);
      assertThat(site.haproxy.row(Site.AS, "slot3").orElseThrow().endpoint()).contains(site.at(2));
      assertThat(held.finish().status()).isEqualTo(200);
    }
  }

  /** HAProxy does not have the new backend yet, and says so when it is asked for. */
  @Test
  void aSecondPoolComesToAnHaproxyThatRuns() throws Exception {
    PoolId shop = new PoolId("shop");
    site.reopenWith(shop, "the_shop");
    assertThat(site.driver.observe(Set.of(Site.WEB, shop)).condition())
        .isInstanceOf(Condition.Running.class);
    DesiredState both =
        Wanted.state(
            Wanted.pool(Site.WEB).ready("b0", site.at(0)).ready("b1", site.at(1)),
            Wanted.pool(shop).ready("b2", site.at(2)));
    Plan plan = site.driver.plan(both, site.driver.observe(Set.of(Site.WEB, shop)));
    assertThat(site.driver.apply(plan))
        .isEqualTo(new Outcome.Applied(plan.target(), Outcome.Way.RELOAD));
    assertThat(site.haproxy.row("the_shop", "slot1").orElseThrow().endpoint()).contains(site.at(2));
  }

  @Test
  void anotherWeirFindsEverybodyInPlace() throws Exception {
    site.converge(site.ready(1, 2));
    site.reopen();
    Plan plan = site.plan(site.ready(1, 2));
    assertThat(plan).isInstanceOf(Plan.Live.class); // the file that the former did not write
    assertThat(Plans.commands(plan)).isEmpty();
    assertThat(plan.changes()).isEmpty();
  }
}

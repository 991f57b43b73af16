package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Plans.commands;
import static dev.weir.driver.haproxy.Plans.ip;
import static dev.weir.driver.haproxy.Plans.servers;
import static dev.weir.driver.haproxy.Plans.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.DrainPolicy;
import dev.weir.model.ProxyName;
import dev.weir.model.ServerState;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What of a plan that reloads needs no reload: the backends that it does not concern. */
class PlansWithoutReloadTest {

  private static final PoolId WEB = new PoolId("web");
  private static final PoolId SHOP = new PoolId("shop");
  private static final DesiredState FORMER =
      Wanted.state(Wanted.pool(WEB).ready("a", ip(1)), Wanted.pool(SHOP).ready("s", ip(9)));

  private final String loaded = text(planner("balance leastconn").plan(FORMER, stopped()));
  private final Optional<Fingerprint> epoch = ConfigText.parse(loaded).epoch();

  @Test
  void backendsThatNeedNoneChangeAndTheOthersStayInTheFileAsTheyAre() {
    Planner planner = planner("balance first");
    DesiredState wanted =
        Wanted.state(
            Wanted.pool(WEB).maint("a", ip(1)).ready("b", ip(2)),
            Wanted.pool(SHOP).ready("s", ip(9)).ready("t", ip(8)));
    Plan whole = planner.plan(wanted, running());
    assertThat(whole).isInstanceOf(Plan.Reload.class);

    Plan part = planner.planWithoutReload(wanted, running());

    assertThat(part).isInstanceOf(Plan.Live.class);
    assertThat(commands(part)).isNotEmpty().allMatch(command -> command.contains("be_web/"));
    assertThat(whole.changes()).containsAll(part.changes());
    assertThat(part.changes()).hasSize(2).allMatch(change -> change.pool().equals(WEB));
    assertThat(text(part)).contains("balance leastconn").doesNotContain("balance first");
    assertThat(ConfigText.parse(text(part)).epoch()).as("of what is loaded").isEqualTo(epoch);
    assertThat(servers(text(part)))
        .containsExactly(
            "  server a 10.0.0.1:80 weight 1 disabled check inter 2s",
            "  server b 10.0.0.2:80 weight 1 check inter 2s",
            "  server s 10.0.0.9:80 weight 1 check inter 2s");
  }

  @Test
  void aNewBackendWaitsAndTheOthersGoOn() {
    PoolId api = Plans.API;
    Planner planner = planner("balance leastconn", api);
    DesiredState wanted =
        Wanted.state(
            Wanted.pool(WEB).drain("a", ip(1)),
            Wanted.pool(SHOP).ready("s", ip(9)),
            Wanted.pool(api).ready("x", ip(7)));

    Plan part = planner.planWithoutReload(wanted, running());

    assertThat(commands(part)).containsExactly("set server be_web/a state drain");
    assertThat(text(part)).doesNotContain("be_api");
  }

  @Test
  void nothingIsDoneWhereAllOfItNeedsTheReload() {
    Planner planner = planner("balance first");
    DesiredState wanted =
        Wanted.state(
            Wanted.pool(WEB).ready("a", ip(1)),
            Wanted.pool(SHOP).ready("s", ip(9)).ready("t", ip(8)));

    assertThat(planner.planWithoutReload(wanted, running())).isInstanceOf(Plan.InSync.class);
  }

  /** What runs there is nobody's to take apart. */
  @Test
  void nothingIsDoneToAnHaproxyThatWasLoadedFromAnotherText() {
    Planner planner = planner("balance leastconn");
    DesiredState wanted =
        Wanted.state(Wanted.pool(WEB).maint("a", ip(1)), Wanted.pool(SHOP).ready("s", ip(9)));
    Observed other = observed(Optional.of(Fingerprint.of("another")));

    assertThat(planner.planWithoutReload(wanted, other)).isInstanceOf(Plan.InSync.class);
  }

  /**
   * @param balance of the backend of the shop
   */
  private static Planner planner(String balance, PoolId... more) {
    List<Backend> backends =
        new ArrayList<>(List.of(backend(WEB, "balance leastconn"), backend(SHOP, balance)));
    for (PoolId pool : more) {
      backends.add(backend(pool, "balance leastconn"));
    }
    return new Planner(new OwnLayout(Plans.FILE, new ConfigText(new ProxyName("inner"))), backends);
  }

  private static Backend backend(PoolId pool, String balance) {
    HaproxySurroundings surroundings =
        new HaproxySurroundings(List.of(balance), ServerText.parse("check inter 2s"));
    return new Backend(pool, "be_" + pool, surroundings, DrainPolicy.DEFAULT);
  }

  private static Observed stopped() {
    return new Observed(new Condition.NotRunning("a test"), Map.of(), List.of(), Optional.empty());
  }

  private Observed running() {
    return observed(epoch);
  }

  private Observed observed(Optional<Fingerprint> runs) {
    return new Observed(
        new Condition.Running("2.6.12"),
        Map.of(WEB, pool(WEB, "a", 1), SHOP, pool(SHOP, "s", 9)),
        List.of(new ObservedFile(Plans.FILE, Optional.of(loaded))),
        runs);
  }

  private static ObservedPool pool(PoolId id, String name, int last) {
    return new ObservedPool(
        id, List.of(new ObservedMember(name, ip(last), ServerState.READY, 1, false)));
  }
}

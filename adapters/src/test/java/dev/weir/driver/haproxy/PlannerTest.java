package dev.weir.driver.haproxy;

import static dev.weir.driver.haproxy.Plans.API;
import static dev.weir.driver.haproxy.Plans.commands;
import static dev.weir.driver.haproxy.Plans.ip;
import static dev.weir.driver.haproxy.Plans.reasons;
import static dev.weir.driver.haproxy.Plans.servers;
import static dev.weir.driver.haproxy.Plans.text;
import static dev.weir.model.ServerState.DRAIN;
import static dev.weir.model.ServerState.MAINT;
import static dev.weir.model.ServerState.READY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Plan;
import dev.weir.testkit.contract.Wanted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {

  private final Plans plans = new Plans(List.of("balance leastconn"), "check inter 2s");

  private static DesiredState state(Wanted wanted) {
    return Wanted.state(wanted);
  }

  private static DesiredState one() {
    return state(Wanted.pool(API).ready("a", ip(1)));
  }

  @Test
  void theFileNamesItsContentAndCarriesEveryStateThatAFileCanSay() {
    DesiredState desired =
        state(
            Wanted.pool(API)
                .ready("a", ip(1), 5)
                .drain("b", ip(2))
                .maint("c", ip(3))
                .backup("d", new Endpoint.UnixSocket("/run/d.sock"))
                .empty(new EmptyPolicy.Status(429)));
    String text = plans.loadedText(desired);
    assertThat(text)
        .isEqualTo(
            """
            # Written by Weir for the proxy inner. It is replaced as a whole: changes belong into Weir's
            # configuration. HAProxy reads it as the last -f file of its command line.
            global
              setenv WEIR_INNER %s

            backend be_api
              balance leastconn
              http-request return status 429 if { nbsrv(be_api) eq 0 }
              server a 10.0.0.1:80 weight 5 check inter 2s
              server b 10.0.0.2:80 weight 0 disabled check inter 2s
              server c 10.0.0.3:80 weight 1 disabled check inter 2s
              server d unix@/run/d.sock weight 1 backup check inter 2s
            """
                .formatted(ConfigText.parse(text).epoch().orElseThrow()));
  }

  @Test
  void nothingIsDoneWhereNothingDiffers() {
    plans.runs("a", ip(1), READY, 1);
    assertThat(plans.plan(one(), one())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void aServerIsAddedWithEverythingItWouldHaveInTheFile() {
    plans.runs("a", ip(1), READY, 1);
    Plan plan = plans.plan(one(), state(Wanted.pool(API).ready("a", ip(1)).ready("b", ip(2), 7)));
    assertThat(plan).isInstanceOf(Plan.Live.class);
    assertThat(commands(plan))
        .containsExactly(
            "add server be_api/b 10.0.0.2:80 weight 7 check inter 2s",
            "enable health be_api/b",
            "set server be_api/b state ready");
    assertThat(plan.changes())
        .containsExactly(
            new MemberChange(API, "b", ip(2), "", "ready weight 7", "its check passes"));
  }

  @Test
  void theFileThatFollowsKeepsTheNameOfWhatWasLoaded() {
    plans.runs("a", ip(1), READY, 1);
    Plan plan = plans.plan(one(), state(Wanted.pool(API).ready("a", ip(1)).ready("b", ip(2))));
    assertThat(ConfigText.parse(text(plan)).epoch())
        .isEqualTo(ConfigText.parse(plans.loadedText(one())).epoch());
    assertThat(servers(text(plan))).hasSize(2);
  }

  @Test
  void aCommandThatHaproxyCouldNotReadIsAReload() {
    Defaults small =
        Defaults.in(
            List.of(List.of("global"), List.of("tune.bufsize", "1024"), List.of("defaults")));
    int rest = "add server be_api/a 10.0.0.1:80 weight 1 check-sni \n".length();
    for (int excess = 0; excess < 2; excess++) {
      Plans plans = new Plans(List.of(), "check-sni " + "x".repeat(1023 + excess - rest));
      plans.planner.know(List.of(), small);
      assertThat(reasons(plans.plan(state(Wanted.pool(API)), one())))
          .isEqualTo(
              excess == 0
                  ? List.of()
                  : List.of(
                      "be_api: a new server: its command has 1024 bytes,"
                          + " HAProxy reads fewer than 1024 (tune.bufsize)"));
    }
  }

  @Test
  void whatServersInheritInTheFileIsSaidWhenTheyAreAdded() {
    Plans inheriting =
        new Plans(List.of("default-server fall 5 resolvers dns init-addr none"), "rise 4");
    inheriting.planner.know(
        List.of(), new Defaults(List.of(List.of("default-server", "check", "inter", "9s"))));
    Plan plan = inheriting.plan(state(Wanted.pool(API)), one());
    assertThat(commands(plan))
        .startsWith("add server be_api/a 10.0.0.1:80 weight 1 check inter 9s fall 5 rise 4")
        .contains("enable health be_api/a");
  }

  @Test
  void capacityComesBeforeItGoes() {
    plans.runs("a", ip(1), READY, 1).runs("b", ip(2), MAINT, 1);
    Plan plan =
        plans.plan(
            state(Wanted.pool(API).ready("a", ip(1)).maint("b", ip(2))),
            state(Wanted.pool(API).ready("b", ip(2)).ready("c", ip(3))));
    assertThat(commands(plan))
        .containsExactly(
            "set server be_api/b state ready",
            "add server be_api/c 10.0.0.3:80 weight 1 check inter 2s",
            "enable health be_api/c",
            "set server be_api/c state ready",
            "set server be_api/a state maint",
            "del server be_api/a");
  }

  @Test
  void weightStateAndAddressChangeLive() {
    plans.runs("a", ip(9), MAINT, 1).runs("b", ip(2), READY, 1);
    DesiredState wanted = state(Wanted.pool(API).ready("a", ip(1), 3).drain("b", ip(2)));
    assertThat(commands(plans.plan(one(), wanted)))
        .containsExactly(
            "set server be_api/a addr 10.0.0.1 port 80",
            "set server be_api/a weight 3",
            "set server be_api/a state ready",
            "set server be_api/b state drain");
  }

  @Test
  void theWeightOfAServerWithoutTrafficDoesNotMatter() {
    plans.runs("a", ip(1), DRAIN, 0).runs("b", ip(2), MAINT, 0);
    DesiredState wanted = state(Wanted.pool(API).drain("a", ip(1)).maint("b", ip(2)));
    assertThat(plans.plan(wanted, wanted)).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void aServerInMaintenanceThatNobodyWantsIsAsGoodAsGone() {
    plans.runs("a", ip(1), READY, 1).runs("old", ip(8), MAINT, 1);
    assertThat(plans.plan(one(), one())).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void oneThatComesBackBeforeItCouldBeDeletedIsUsedAgain() {
    plans.runs("a", ip(1), MAINT, 1);
    Plan plan = plans.plan(state(Wanted.pool(API)), one());
    assertThat(commands(plan)).containsExactly("set server be_api/a state ready");
  }

  @Test
  void aStaticAlgorithmTakesStatesButNeitherServersNorWeights() {
    Plans fixed = new Plans(List.of("balance source"), "addr {host}");
    fixed.runs("a", ip(1), READY, 1);
    DesiredState more = state(Wanted.pool(API).ready("a", ip(1), 2).ready("b", ip(2)));
    assertThat(reasons(fixed.plan(one(), more)))
        .containsExactly(
            "be_api: balance source without hash-type consistent takes no other weight at run time",
            "be_api: balance source without hash-type consistent takes no new server at run time");
    Plan drained = fixed.plan(one(), state(Wanted.pool(API).drain("a", ip(1))));
    assertThat(commands(drained)).containsExactly("set server be_api/a state drain");
    Plan gone = fixed.plan(one(), state(Wanted.pool(API)));
    assertThat(commands(gone))
        .containsExactly("set server be_api/a state maint", "del server be_api/a");
  }

  @Test
  void theAlgorithmOfTheUsersDefaultsCounts() {
    Plans plain = new Plans(List.of(), "addr {host}");
    plain.planner.know(List.of(), new Defaults(List.of(List.of("balance", "static-rr"))));
    assertThat(reasons(plain.plan(state(Wanted.pool(API)), one())))
        .containsExactly("be_api: balance static-rr takes no new server at run time");
  }

  @Test
  void parametersThatADynamicServerDoesNotTakeAreAReasonToReload() {
    Plans cookies = new Plans(List.of("cookie SRV insert"), "cookie {host}");
    Plan plan = cookies.plan(state(Wanted.pool(API)), one());
    assertThat(reasons(plan))
        .containsExactly("be_api: a new server: a dynamic server does not take 'cookie'");
    assertThat(servers(text(plan)))
        .containsExactly("  server a 10.0.0.1:80 weight 1 cookie 10.0.0.1");
  }

  @Test
  void whatHaproxyRefusedOnceIsReloadedUntilItWasLoadedAnew() {
    plans.planner.refused("be_api", "Backend must use a dynamic load balancing.");
    assertThat(reasons(plans.plan(state(Wanted.pool(API)), one())))
        .containsExactly(
            "be_api: HAProxy takes no new server: Backend must use a dynamic load balancing.");
    plans.planner.forgetRefusals();
    assertThat(plans.plan(state(Wanted.pool(API)), one())).isInstanceOf(Plan.Live.class);
  }

  @Test
  void parametersThatChangeWithALabelAreAReasonToReload() {
    Plans labelled = new Plans(List.of(), "agent-send {label:zone}");
    labelled.runs("a", ip(1), READY, 1);
    Plan plan =
        labelled.plan(
            state(Wanted.pool(API).labelled("a", ip(1), new TreeMap<>(Map.of("zone", "x")))),
            state(Wanted.pool(API).labelled("a", ip(1), new TreeMap<>(Map.of("zone", "y")))));
    assertThat(reasons(plan)).containsExactly("be_api: the parameters of a change");
  }

  @Test
  void becomingABackupIsAReasonToReload() {
    plans.runs("a", ip(1), READY, 1);
    Plan plan = plans.plan(one(), state(Wanted.pool(API).backup("a", ip(1))));
    assertThat(reasons(plan)).containsExactly("be_api: the parameters of a change");
  }

  @Test
  void aReloadIsFollowedByTheDrainsThatAFileCannotSay() {
    plans.runs("a", ip(1), READY, 1);
    EmptyPolicy status = new EmptyPolicy.Status(410);
    Plan plan =
        plans.plan(
            one(), state(Wanted.pool(API).drain("a", ip(1)).ready("b", ip(2)).empty(status)));
    assertThat(reasons(plan))
        .containsExactly("backend be_api: the text around its servers changes");
    assertThat(commands(plan)).containsExactly("set server be_api/a state drain");
  }

  @Test
  void aProcessThatLoadedSomethingElseIsReloaded() {
    plans.runs("a", ip(1), READY, 1);
    String text = plans.loadedText(one());
    assertThat(reasons(plans.planner.plan(one(), plans.observed(text, Optional.empty()))))
        .containsExactly("the running HAProxy has not loaded /etc/haproxy/weir/weir.cfg");
    Optional<Fingerprint> other = Optional.of(Fingerprint.of("other"));
    assertThat(reasons(plans.planner.plan(one(), plans.observed(text, other))))
        .containsExactly("the running HAProxy was loaded from another weir.cfg");
  }

  @Test
  void aFileThatSomebodyElseWroteIsReplaced() {
    plans.runs("a", ip(1), READY, 1);
    Optional<Fingerprint> epoch = ConfigText.parse(plans.loadedText(one())).epoch();
    assertThat(reasons(plans.planner.plan(one(), plans.observed("", epoch))))
        .contains("/etc/haproxy/weir/weir.cfg is missing or not Weir's");
    String extra = plans.loadedText(one()) + "backend theirs\n";
    assertThat(reasons(plans.planner.plan(one(), plans.observed(extra, epoch))))
        .containsExactly("backend theirs goes");
    String global = plans.loadedText(one()).replace("global\n", "global\n  nbthread 1\n");
    assertThat(reasons(plans.planner.plan(one(), plans.observed(global, epoch))))
        .containsExactly("the file has lines of others");
  }

  @Test
  void aFileThatIsOnlyBehindIsWrittenWithoutAReload() {
    plans.runs("a", ip(1), READY, 1).runs("b", ip(2), READY, 1);
    DesiredState two = state(Wanted.pool(API).ready("a", ip(1)).ready("b", ip(2)));
    Plan plan = plans.plan(one(), two);
    assertThat(plan).isInstanceOf(Plan.Live.class);
    assertThat(commands(plan)).isEmpty();
    assertThat(servers(text(plan))).hasSize(2);
  }

  @Test
  void theFallbackIsABackupThatWaitsBesideOtherBackups() {
    EmptyPolicy fallback = new EmptyPolicy.Fallback(ip(99));
    Plan alone = plans.plan(state(Wanted.pool(API)), state(Wanted.pool(API).empty(fallback)));
    assertThat(commands(alone))
        .containsExactly(
            "add server be_api/weir:fallback 10.0.0.99:80 weight 1 backup",
            "set server be_api/weir:fallback state ready");
    String text = plans.loadedText(state(Wanted.pool(API).backup("a", ip(1)).empty(fallback)));
    assertThat(servers(text))
        .containsExactly(
            "  server a 10.0.0.1:80 weight 1 backup check inter 2s",
            "  server weir:fallback 10.0.0.99:80 weight 1 backup disabled");
  }

  @Test
  void aPoolThatWasNotAskedForIsTakenAsItShouldBe() {
    String text = plans.loadedText(one());
    Observed unasked =
        new Observed(
            new Condition.Running("2.6.12"),
            Map.of(),
            List.of(new Observed.ObservedFile(Plans.FILE, Optional.of(text))),
            ConfigText.parse(text).epoch());
    assertThat(plans.planner.plan(one(), unasked)).isInstanceOf(Plan.InSync.class);
  }

  @Test
  void anHaproxyThatCannotBeAskedIsNeverInSync() {
    Observed silent =
        new Observed(
            new Condition.Unreachable("it hangs"),
            Map.of(),
            List.of(new Observed.ObservedFile(Plans.FILE, Optional.of(plans.loadedText(one())))),
            Optional.empty());
    assertThat(plans.planner.plan(one(), silent)).isInstanceOf(Plan.Live.class);
  }

  @Test
  void plansAreEqualForEqualArguments() {
    plans.runs("a", ip(1), READY, 1);
    DesiredState wanted = state(Wanted.pool(API).ready("b", ip(2)).drain("c", ip(3)));
    DesiredState turned = state(Wanted.pool(API).drain("c", ip(3)).ready("b", ip(2)));
    assertThat(plans.plan(one(), wanted)).isEqualTo(plans.plan(one(), turned));
  }
}

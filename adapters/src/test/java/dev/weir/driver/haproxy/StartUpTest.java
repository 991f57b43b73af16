package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.driver.haproxy.HaproxyOptions.Absent;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Outcome.Applied;
import dev.weir.model.Plan;
import dev.weir.model.ServerState;
import dev.weir.model.Step;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.SetupException;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.ProxyRig.Held;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** HAProxy does not run when Weir comes; and a new one takes the place of the old. */
@RequiresServer(Server.HAPROXY)
class StartUpTest {

  @Test
  void itIsStartedWithTheFileInForceAndWhatTheFileCannotSayFollows() throws Exception {
    try (Site site = new Site(new RealHaproxy(Site.AS).absent(Absent.START), "")) {
      Plan plan = site.plan(drained(site));
      assertThat(((Plan.Live) plan).steps())
          .extracting(Step::purpose)
          .containsExactly("start HAProxy");
      assertThat(site.driver.apply(plan)).isEqualTo(new Applied(plan.target(), Outcome.Way.LIVE));
      assertThat(site.driver.wantsLook()).isTrue();
      site.converge(drained(site));
      assertThat(site.haproxy.row(Site.AS, "b1").orElseThrow().state())
          .isEqualTo(ServerState.DRAIN);
      assertThat(site.client().ask(3)).extracting(Answer::status).containsOnly(200);
    }
  }

  @Test
  void oneThatWasSeenRunningAndIsStoppedStaysStopped() throws Exception {
    try (Site site = new Site(new RealHaproxy(Site.AS), "")) {
      site.start(site.ready(0));
      site.haproxy.absent(Absent.START);
      site.reopen();
      assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.InSync.class);
      site.haproxy.stop();
      assertThat(site.observe().condition()).isInstanceOf(Condition.NotRunning.class);
      assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.InSync.class);
    }
  }

  @Test
  void oneThatCannotStartIsAFailureWithItsWords() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS).absent(Absent.START);
    Files.writeString(
        haproxy.config, Files.readString(haproxy.config) + "frontend no\n  bind 192.0.2.1:1\n");
    try (Site site = new Site(haproxy, "")) {
      Outcome.Failed failed = Site.failed(site.applyOnce(site.ready(0)));
      assertThat(failed.step()).isEqualTo("start HAProxy");
      assertThat(failed.reason()).contains("192.0.2.1:1");
      assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.Live.class);
    }
  }

  @Test
  void whereThatIsWantedWeirDoesNotStartWithoutIt() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS);
    try (Site site = new Site(haproxy, "")) {
      haproxy.absent(Absent.FAIL);
      assertThatThrownBy(site::reopen)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("HAProxy does not run")
          .hasMessageContaining("absent: wait or start");
      haproxy.absent(Absent.WAIT);
      site.reopen();
      site.start(site.ready(0));
      haproxy.absent(Absent.FAIL);
      site.reopen();
      assertThat(site.plan(site.ready(0))).isInstanceOf(Plan.InSync.class);
    }
  }

  @Test
  void aNewOneTakesThePlaceOfTheOldWithItsListeners() throws Exception {
    RealHaproxy haproxy = exposing();
    try (Site site = new Site(haproxy, "")) {
      site.start(site.ready(0));
      long worker = haproxy.worker();
      long master = haproxy.process().pid();
      assertThat(site.applyOnce(other(site, 410)))
          .isInstanceOfSatisfying(
              Applied.class, done -> assertThat(done.way()).isEqualTo(Outcome.Way.RELOAD));
      assertThat(haproxy.worker()).isNotEqualTo(worker);
      await().until(() -> ProcessHandle.of(master).isEmpty());
      assertThat(new Master(haproxy.options()).running().orElseThrow()).isNotEqualTo(master);
      assertThat(site.client().ask(3)).extracting(Answer::status).containsOnly(200);
      assertThat(site.applyOnce(other(site, 429))).isInstanceOf(Applied.class);
      assertThat(site.plan(other(site, 429))).isInstanceOf(Plan.InSync.class);
    }
  }

  @Test
  void theWorkersOfTheOneBeforeCountUntilTheyEnd() throws Exception {
    try (Site site = new Site(exposing(), "")) {
      site.start(site.ready(0));
      try (Held held = site.client().hold()) {
        assertThat(site.applyOnce(other(site, 410))).isInstanceOf(Applied.class);
        assertThat(site.driver.oldProcesses()).isEqualTo(1);
        assertThat(held.finish().status()).isEqualTo(200);
      }
      await().atMost(Duration.ofSeconds(15)).until(() -> site.driver.oldProcesses() == 0);
    }
  }

  @Test
  void aNewOneThatDoesNotStartLeavesTheOldOneAndItsFile() throws Exception {
    RealHaproxy haproxy = exposing();
    try (Site site = new Site(haproxy, "")) {
      site.start(site.ready(0));
      long worker = haproxy.worker();
      String former = Files.readString(haproxy.own);
      Files.writeString(
          haproxy.config, Files.readString(haproxy.config) + "frontend no\n  bind 192.0.2.1:1\n");
      assertThat(Site.failed(site.applyOnce(other(site, 410))).reason()).contains("192.0.2.1:1");
      assertThat(haproxy.worker()).isEqualTo(worker);
      assertThat(Files.readString(haproxy.own)).isEqualTo(former);
    }
  }

  @Test
  void aSocketThatGivesNoListenersAwayIsAnErrorOfTheSetUp() throws Exception {
    RealHaproxy haproxy = new RealHaproxy(Site.AS).reloadedBy(new ReloadBy.Binary());
    try (Site site = new Site(haproxy, "")) {
      assertThat(site.driver.inspect())
          .anySatisfy(finding -> assertThat(finding.message()).contains("expose-fd listeners"));
      haproxy.level("admin expose-fd listeners");
      assertThat(site.driver.inspect())
          .noneSatisfy(finding -> assertThat(finding.message()).contains("expose-fd"));
    }
  }

  @Test
  void aUnitIsStartedAsAUnitAndAUsersCommandIsNotGuessed() throws Exception {
    try (RealHaproxy haproxy = new RealHaproxy(Site.AS)) {
      haproxy
          .reloadedBy(new ReloadBy.Program(new ReloadWay.Systemd("haproxy")))
          .absent(Absent.START);
      assertThat(haproxy.options().startCommand(OptionalLong.empty()))
          .containsExactly("systemctl", "start", "haproxy");
      haproxy.reloadedBy(new ReloadBy.Program(new ReloadWay.Command(List.of("true"))));
      assertThatThrownBy(haproxy::options)
          .hasMessageStartingWith("absent: start (expected: one socket, and reload: signal");
      haproxy.absent(Absent.WAIT);
      assertThat(StartUp.step(haproxy.options())).isEqualTo(Optional.empty());
    }
  }

  private static RealHaproxy exposing() throws Exception {
    return new RealHaproxy(Site.AS)
        .level("admin expose-fd listeners")
        .reloadedBy(new ReloadBy.Binary());
  }

  private static DesiredState drained(Site site) {
    return Wanted.state(Wanted.pool(Site.WEB).ready("b0", site.at(0)).drain("b1", site.at(1)));
  }

  private static DesiredState other(Site site, int status) {
    return Wanted.state(
        Wanted.pool(Site.WEB).ready("b0", site.at(0)).empty(new EmptyPolicy.Status(status)));
  }
}

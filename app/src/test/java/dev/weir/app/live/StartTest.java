package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Weir starts: once, over and over, with bad files, and after it was killed. */
@RequiresServer(Server.NGINX)
class StartTest {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private Site site;

  @BeforeEach
  void open() throws IOException {
    site = new Site(folder, 2);
    site.members(0, 1);
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void onceMakesTheFileBeforeTheFirstStartOfTheProxy() throws Exception {
    Started once = site.weir("run", "--once", "-c", site.yaml().toString());
    assertThat(once.awaitExit(Site.PATIENCE)).as(once.log()).isZero();
    assertThat(site.lists(0)).isTrue();
    assertThat(site.lists(1)).isTrue();
    var _ = site.nginx();
    assertThat(site.nginxAnswers()).isEqualTo(200);

    Started plan = site.weir("plan", "-c", site.yaml().toString());
    assertThat(plan.awaitExit(Site.PATIENCE)).as(plan.log()).isZero();
    site.members(0);
    Started differs = site.weir("plan", "-c", site.yaml().toString());
    assertThat(differs.awaitExit(Site.PATIENCE)).as(differs.log()).isEqualTo(3);
    assertThat(differs.log()).contains("-    server " + site.backends.endpoint(1));
    assertThat(site.lists(1)).isTrue();
  }

  @Test
  void aDryRunTouchesNothing() throws Exception {
    Started dry = site.weir("run", "--once", "--dry-run", "-c", site.yaml().toString());
    assertThat(dry.awaitExit(Site.PATIENCE)).as(dry.log()).isZero();
    assertThat(dry.log()).contains("would be changed");
    assertThat(site.upstreams()).doesNotExist();
  }

  @Test
  void whatOtherMachinesReachIsServedInTheClearOnlyToWhoeverWantsThat() throws Exception {
    String good = Files.readString(site.yaml());
    site.replace(site.yaml(), good.replace("listen: '127.0.0.1:", "listen: '0.0.0.0:"));
    Started refused = site.run();
    assertThat(refused.awaitExit(Site.PATIENCE)).isEqualTo(2);
    assertThat(refused.log())
        .contains("api: 0.0.0.0:%d can be reached from other machines".formatted(site.apiPort))
        .contains("weir run --insecure starts all the same: whoever reaches it reads everything");
    assertThat(site.upstreams()).doesNotExist();
    Started check = site.weir("check", "--offline", "-c", site.yaml().toString());
    assertThat(check.awaitExit(Site.PATIENCE)).isNotZero();
    assertThat(check.log()).contains("weir run refuses to start without --insecure");

    var _ = site.weir("run", "--insecure", "-c", site.yaml().toString());
    await()
        .atMost(Site.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(site.api("/livez")).isEqualTo(200));
  }

  @Test
  void aBadFileAtTheFirstStartTouchesNothing() throws Exception {
    Files.writeString(
        site.yaml(), "state: %s\npols: {}\npools: { web: { floor: x } }\n".formatted(site.state()));
    Started bad = site.run();
    assertThat(bad.awaitExit(Site.PATIENCE)).isEqualTo(2);
    assertThat(bad.log())
        .contains(site.yaml() + ":2:1: pols: unknown key \"pols\" (did you mean pools?)")
        .contains(site.yaml() + ":3:24: pools.web.floor: \"x\": not a whole number")
        .contains(site.yaml() + ":3:15: pools.web: sources is missing");
    assertThat(site.state()).doesNotExist();
    assertThat(site.upstreams()).doesNotExist();
  }

  @Test
  void aBadFileAtALaterStartFallsBackToWhatWasAcceptedLast() throws Exception {
    Started once = site.weir("run", "--once", "-c", site.yaml().toString());
    assertThat(once.awaitExit(Site.PATIENCE)).as(once.log()).isZero();
    String good = Files.readString(site.yaml());
    site.replace(site.yaml(), good + "oops: [\n");

    Started weir = site.runUntil("event=config.rejected");
    await().atMost(Site.PATIENCE).until(() -> answersApi());
    assertThat(site.api("/readyz")).isEqualTo(503);
    site.members(1);
    await().atMost(Site.PATIENCE).until(() -> !site.lists(0));

    site.replace(site.yaml(), good);
    Site.hangUp(weir);
    await()
        .atMost(Site.PATIENCE)
        .untilAsserted(() -> assertThat(site.api("/readyz")).isEqualTo(200));
    assertThat(weir.log()).contains("event=config.reloaded");
  }

  @Test
  void killedAndStartedAgainItKnowsWhatItKnewAndReloadsNothing() throws Exception {
    Started first = site.runUntil("event=apply.done");
    await().atMost(Site.PATIENCE).until(() -> site.lists(0) && site.lists(1));
    var _ = site.nginx();
    await().atMost(Site.PATIENCE).until(() -> answersApi() && site.api("/readyz") == 200);
    await()
        .atMost(Site.PATIENCE)
        .until(() -> first.log().contains("event=proxy.back") && inStep(first));
    String served = Files.readString(site.upstreams());
    // the last good reports reach the disk within a second, off the hot path
    await().atMost(Site.PATIENCE).until(() -> site.remembers(0, 1));
    first.kill();
    Files.delete(folder.resolve("members.txt"));

    Started second = site.runUntil("event=weir.started");
    await().atMost(Site.PATIENCE).until(() -> second.log().contains("event=source.lost"));
    await().atMost(Site.PATIENCE).until(() -> answersApi());
    await().atMost(Site.PATIENCE).until(() -> site.api("/v1/proxies/edge") == 200);
    assertThat(site.nginxAnswers()).isEqualTo(200);
    assertThat(Files.readString(site.upstreams())).isEqualTo(served);
    assertThat(second.log()).doesNotContain("event=apply.done").doesNotContain("member.left");
    site.members(0);
    await().atMost(Site.PATIENCE).until(() -> !site.lists(1));
  }

  @Test
  void aSecondWeirRefusesAndNamesTheFirst() throws Exception {
    Started first = site.runUntil("event=apply.done");
    Started second = site.run();
    assertThat(second.awaitExit(Site.PATIENCE)).isEqualTo(1);
    assertThat(second.log()).contains(String.valueOf(first.pid()));
    assertThat(first.isAlive()).isTrue();
  }

  @Test
  void theMetersThatAreServedAreTheOnesThatCount() throws Exception {
    var _ = site.runUntil("event=apply.done");
    await().atMost(Site.PATIENCE).until(() -> answersApi());
    assertThat(site.apiText("/metrics"))
        .containsPattern(
            "weir_source_reports_total\\{outcome=\"complete\",source=\"web/file\"} [1-9]")
        .containsPattern("weir_source_requests_total\\{source=\"web/file\"} [1-9]")
        .containsPattern("weir_source_report_duration_seconds_count\\{source=\"web/file\"} [1-9]")
        .containsPattern("weir_store_writes_total\\{outcome=\"ok\"} [1-9]");
  }

  private boolean answersApi() {
    try {
      return site.api("/livez") == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean inStep(Started weir) {
    return weir.log().contains("event=apply.done");
  }
}

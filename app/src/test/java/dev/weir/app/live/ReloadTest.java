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

/** SIGHUP reads the configuration again; what did not change goes on undisturbed. */
@RequiresServer(Server.NGINX)
class ReloadTest {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private Site site;
  private Started weir;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    site = new Site(folder, 3);
    site.members(0, 1);
    weir = site.runUntil("event=apply.done");
    await().atMost(Site.PATIENCE).until(() -> site.lists(0) && site.lists(1));
    var _ = site.nginx();
    weir.await("nginx seen", Site.PATIENCE, () -> weir.log().contains("event=proxy.back"));
  }

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void aBadFileChangesNothing() throws Exception {
    String good = Files.readString(site.yaml());
    site.replace(site.yaml(), good.replace("sources:", "sauces:"));
    Site.hangUp(weir);
    weir.await("refusal", Site.PATIENCE, () -> weir.log().contains("event=config.rejected"));
    assertThat(weir.log()).contains("unknown key \"sauces\" (did you mean sources?)");

    site.members(0, 1, 2);
    await().atMost(Site.PATIENCE).until(() -> site.lists(2));
    assertThat(site.nginxAnswers()).isEqualTo(200);
  }

  @Test
  void aNewPoolComesAndTheOldOneKeepsItsMembersAndStreaks() throws Exception {
    site.replace(
        site.yaml(),
        Files.readString(site.yaml())
            .replace(
                "proxies:",
                "  more: { sources: [ { static: ['%s'] } ] }%nproxies:"
                    .formatted(site.backends.endpoint(2)))
            .replace("pools: [ web ]", "pools: [ web, more ]"));
    Site.hangUp(weir);
    weir.await("acceptance", Site.PATIENCE, () -> weir.log().contains("event=config.reloaded"));
    await().atMost(Site.PATIENCE).until(() -> site.lists(2));
    assertThat(Files.readString(site.upstreams())).contains("upstream more {");
    assertThat(site.lists(0)).isTrue();
    assertThat(weir.log().split("event=member.up", -1)).hasSize(3);
    assertThat(weir.log()).doesNotContain("event=member.left").doesNotContain("member.down");
  }

  @Test
  void aPoolThatTheProxyStillRefersToIsNotTakenOut() throws Exception {
    site.replace(
        site.yaml(), Files.readString(site.yaml()).replace("pools: [ web ]", "pools: [ ]"));
    Site.hangUp(weir);
    weir.await("acceptance", Site.PATIENCE, () -> weir.log().contains("event=config.reloaded"));
    weir.await("refusal", Site.PATIENCE, () -> weir.log().contains("event=apply.rejected"));
    assertThat(Files.readString(site.upstreams())).contains("upstream web {");
    assertThat(site.nginxAnswers()).isEqualTo(200);
  }

  @Test
  void whatIsInForceIsSaidToBeSoEvenWhenItCannotBeKept() throws Exception {
    Files.move(site.state(), folder.resolve("elsewhere"));
    site.replace(
        site.yaml(),
        Files.readString(site.yaml())
            .replace("proxies:", "  more: { sources: [ { static: [] } ] }\nproxies:"));
    Site.hangUp(weir);
    weir.await("acceptance", Site.PATIENCE, () -> weir.log().contains("event=config.reloaded"));
    assertThat(weir.log())
        .contains("a start with a bad file would not find it")
        .doesNotContain("event=config.rejected");
  }

  @Test
  void whatNeedsARestartIsSaid() throws Exception {
    site.replace(
        site.yaml(),
        Files.readString(site.yaml())
            .replaceFirst("api: .*", "api: [ { listen: '127.0.0.1:9' } ]"));
    Site.hangUp(weir);
    weir.await("acceptance", Site.PATIENCE, () -> weir.log().contains("event=config.reloaded"));
    assertThat(weir.log()).contains("the new api is used after a restart");
  }

  @Test
  void beingToldToStopItLeavesTheProxyAsItIs() throws Exception {
    String served = Files.readString(site.upstreams());
    weir.close();
    assertThat(weir.awaitExit(Site.PATIENCE)).isZero();
    assertThat(weir.log()).contains("event=weir.stopped");
    assertThat(Files.readString(site.upstreams())).isEqualTo(served);
    assertThat(site.nginxAnswers()).isEqualTo(200);
  }
}

package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testkit.fake.FakeConsul;
import dev.weir.testkit.fake.FakeConsul.Instance;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services of a Consul agent become pools of a real nginx and a real HAProxy, and go again. */
@RequiresServer({Server.NGINX, Server.HAPROXY})
class PoolSetsTest {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private final int consulPort = FreePorts.one();
  private final int haproxyPort = FreePorts.one();
  private final FakeConsul consul = new FakeConsul(consulPort, new Random(7));
  private Site site;
  private @Nullable Started haproxy;

  @BeforeEach
  void open() throws IOException, InterruptedException {
    site = new Site(folder, 3);
    consul.start();
    register("web-blue", 0);
    site.replace(folder.resolve("nginx.conf"), nginxConf(""));
    site.replace(folder.resolve("haproxy.cfg"), haproxyConf());
    site.replace(site.yaml(), yaml("24h"));
  }

  @AfterEach
  void close() throws IOException {
    if (haproxy != null) {
      haproxy.close();
    }
    site.close();
    consul.close();
  }

  @Test
  void aServiceThatAppearsIsServedByBothProxies() throws Exception {
    startProxies();
    Started weir = site.runUntil("event=weir.started");
    awaitServed("web-blue");

    register("web-green", 1);
    awaitServed("web-green");
    weir.await("its pool told", Site.PATIENCE, () -> weir.log().contains("event=pool.added"));
    assertThat(weir.log()).contains("found by pool set services");
    assertThat(nginxAnswers("web-blue")).isEqualTo(200);
    assertThat(weir.log()).doesNotContain("event=apply.rejected");
  }

  @Test
  void aServiceThatIsGoneLingersAsLongAsAProxysOwnFilesNameIt() throws Exception {
    site.replace(folder.resolve("nginx.conf"), nginxConf("proxy_pass http://svc_web-blue;"));
    site.replace(site.yaml(), yaml("100ms"));
    register("web-green", 1);
    register("web-red", 2);
    startProxies();
    Started weir = site.runUntil("event=weir.started");
    awaitServed("web-red");

    consul.deregister("web-blue-0");
    consul.deregister("web-red-2");
    weir.await("the end", Site.PATIENCE, () -> weir.log().contains("event=pool.gone"));
    await().atMost(Site.PATIENCE).until(() -> !upstreams().contains("svc_web-red"));
    assertThat(weir.log())
        .contains("pool=svc_web-red")
        .contains("pool set services has it no more");
    assertThat(upstreams()).contains("upstream svc_web-blue {");
    assertThat(nginxAnswers("web-green")).isEqualTo(200);
  }

  @Test
  void hostileNamesBreakOutOfNothing() throws Exception {
    register("web; } http { evil", 1);
    register("web$(reboot)", 2);
    startProxies();
    Started weir = site.runUntil("event=weir.started");
    awaitServed("web-blue");
    await()
        .atMost(Site.PATIENCE)
        .until(() -> upstreams().contains("upstream svc_web____http___evil_"));
    assertThat(upstreams())
        .doesNotContain("evil;")
        .doesNotContain("$(")
        .contains("svc_web__reboot_");
    assertThat(weir.log()).doesNotContain("event=apply.rejected");
  }

  @Test
  void withTheAgentGoneARestartedWeirKnowsThePools() throws Exception {
    startProxies();
    Started first = site.runUntil("event=weir.started");
    awaitServed("web-blue");
    await()
        .atMost(Site.PATIENCE)
        .until(() ->
            site.stored().contains("key=web-blue") && site.stored().contains("name=web-blue-0"));
    first.close();
    consul.close();
    Files.delete(site.upstreams());

    Started second = site.runUntil("event=weir.started");
    await()
        .atMost(Site.PATIENCE)
        .untilAsserted(
            () -> assertThat(upstreams()).as(second.log()).contains("upstream svc_web-blue {"));
    assertThat(nginxAnswers("web-blue")).isEqualTo(200);
    second.await("the loss", Site.PATIENCE, () -> second.log().contains("event=source.lost"));
    assertThat(upstreams()).contains("upstream svc_web-blue {");
  }

  @Test
  void aReloadOfTheConfigurationChangesSets() throws Exception {
    register("shop", 1);
    startProxies();
    Started weir = site.runUntil("event=weir.started");
    awaitServed("web-blue");
    assertThat(upstreams()).doesNotContain("svc_shop");

    site.replace(site.yaml(), yaml("24h").replace("services: 'web.*'", "services: 'web.*|shop'"));
    Site.hangUp(weir);
    awaitServed("shop");
    assertThat(nginxAnswers("web-blue")).isEqualTo(200);
    assertThat(weir.log()).doesNotContain("event=pool.gone").doesNotContain("member.left");
  }

  private void register(String service, int backend) {
    consul.register(
        Instance.passing(
            service, service + "-" + backend, "127.0.0.1", site.backends.endpoint(backend).port()));
  }

  private void startProxies() throws IOException, InterruptedException {
    Started once = site.weir("run", "--once", "-c", site.yaml().toString());
    assertThat(once.awaitExit(Site.PATIENCE)).as(once.log()).isZero();
    var _ = site.nginx();
    Started started =
        Started.start(
            "haproxy",
            folder,
            List.of(
                Server.HAPROXY.path().toString(),
                "-W",
                "-p",
                folder + "/haproxy.pid",
                "-f",
                folder + "/haproxy.cfg",
                "-f",
                folder + "/weir.cfg"));
    haproxy = started.awaitPort(haproxyPort, Site.PATIENCE);
  }

  private void awaitServed(String service) {
    await()
        .atMost(Site.PATIENCE)
        .untilAsserted(() ->
            assertThat(List.of(nginxAnswers(service), haproxyAnswers(service)))
                .as("%s", site.logs())
                .containsOnly(200));
  }

  private int nginxAnswers(String service) throws IOException, InterruptedException {
    return site.status(site.nginxPort, "/" + service + "/");
  }

  private int haproxyAnswers(String service) throws IOException, InterruptedException {
    return site.status(haproxyPort, "/" + service + "/");
  }

  private String upstreams() throws IOException {
    return Files.exists(site.upstreams()) ? Files.readString(site.upstreams()) : "";
  }

  private String yaml(String linger) {
    return """
    state: FOLDER/state
    api: [ { listen: '127.0.0.1:API' } ]
    profiles:
      service: { check: { http: /, every: 200ms, rise: 1, fall: 2 }, guard: { max_loss: 70% } }
    pool_sets:
      services:
        each: { consul: { address: 'http://127.0.0.1:CONSUL', services: 'web.*' } }
        pool: 'svc_{service}'
        use: service
        linger: LINGER
    proxies:
      edge:
        nginx: { upstreams: FOLDER/upstreams.conf, config: FOLDER/nginx.conf, pid: FOLDER/nginx.pid,
                 confirm: '127.0.0.1:CONFIRM', binary: NGINX }
        pools: [ { set: services } ]
      inner:
        haproxy: { backends: FOLDER/weir.cfg, config: [ FOLDER/haproxy.cfg ],
                   sockets: [ FOLDER/admin.sock ], pid: FOLDER/haproxy.pid, binary: HAPROXY }
        pools: [ { set: services, as: 'be_{pool}' } ]
    """
        .replace("FOLDER", folder.toString())
        .replace("CONSUL", String.valueOf(consulPort))
        .replace("API", String.valueOf(site.apiPort))
        .replace("CONFIRM", String.valueOf(site.confirmPort))
        .replace("NGINX", Server.NGINX.path().toString())
        .replace("HAPROXY", Server.HAPROXY.path().toString())
        .replace("LINGER", linger);
  }

  private String nginxConf(String more) throws IOException {
    String location = "location ~ ^/(?<service>[a-z-]+)/ { proxy_pass http://svc_$service; }";
    String named = more.isEmpty() ? "" : "location = /named { " + more + " }";
    return Files.readString(folder.resolve("nginx.conf"))
        .replaceAll("location [/~].*}", Matcher.quoteReplacement(location + named));
  }

  private String haproxyConf() {
    return """
    global
      stats socket %s/admin.sock mode 600 level admin
      hard-stop-after 10s
    defaults
      mode http
      timeout connect 2s
      timeout client 10s
      timeout server 10s
      retries 3
      option redispatch
    frontend in
      bind 127.0.0.1:%d
      use_backend be_svc_%%[path,field(2,/)]
    """
        .formatted(folder, haproxyPort);
  }
}

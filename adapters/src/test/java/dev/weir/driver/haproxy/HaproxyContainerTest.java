package dev.weir.driver.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.driver.haproxy.HaproxyOptions.Absent;
import dev.weir.driver.haproxy.HaproxyOptions.Kept;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.net.HttpTarget;
import dev.weir.publish.EngineContainer;
import dev.weir.publish.ReloadWay;
import dev.weir.publish.SharedPaths;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Finding.Severity;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.surround.ServerText;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.Backends;
import dev.weir.testkit.real.ContainerSpec;
import dev.weir.testkit.real.DockerDaemon;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real HAProxy in a container of a real Docker Engine: processes and paths have other names
 * there.
 */
@RequiresServer({Server.HAPROXY, Server.DOCKERD, Server.BUSYBOX})
@Timeout(120)
class HaproxyContainerTest {

  private static final String NAME = "edge-haproxy";
  private static final PoolId WEB = new PoolId("web");
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final int front = FreePorts.one();
  private DockerDaemon docker;
  private Backends backends;
  private Path folder;

  @BeforeEach
  void anHaproxyInAContainer() throws Exception {
    docker = DockerDaemon.start(ShortTempDir.create());
    backends = Backends.start(2);
    folder = ShortTempDir.create();
    Path weir = Files.createDirectories(folder.resolve("site/weir"));
    Files.writeString(weir.resolve("weir.cfg"), "backend web\n"); // it is there before HAProxy is
    Files.writeString(
        folder.resolve("site/haproxy.cfg"),
        """
        global
          stats socket /edge/admin.sock mode 666 level admin
        defaults
          mode http
          timeout connect 2s
          timeout client 10s
          timeout server 10s
        frontend in
          bind 127.0.0.1:%d
          default_backend web
        """
            .formatted(front));
    docker.run(
        ContainerSpec.sleeper(NAME)
            .running(
                "exec /usr/sbin/haproxy -W -f /edge/haproxy.cfg -f /edge/weir/weir.cfg"
                    + " -p /edge/haproxy.pid")
            .onHost(
                folder.resolve("site") + ":/edge",
                "/usr:/usr:ro",
                "/lib:/lib:ro",
                "/lib64:/lib64:ro",
                "/etc/passwd:/etc/passwd:ro",
                "/etc/group:/etc/group:ro"));
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> {
          try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), front)) {
            return socket.isConnected();
          }
        });
  }

  @AfterEach
  void endEverything() throws IOException {
    docker.remove(NAME);
    docker.close();
    backends.close();
  }

  @Test
  void itIsCheckedInTheContainerToldByASignalAndHasToConfirm() throws Exception {
    try (ProxyDriver driver = open("balance roundrobin")) {
      assertThat(round(driver, with(0, 503)))
          .isEqualTo(new Outcome.Applied(with(0, 503).fingerprint(), Outcome.Way.RELOAD));
      assertThat(round(driver, with(1, 503)))
          .isEqualTo(new Outcome.Applied(with(1, 503).fingerprint(), Outcome.Way.LIVE));
      assertThat(round(driver, with(1, 410)))
          .isEqualTo(new Outcome.Applied(with(1, 410).fingerprint(), Outcome.Way.RELOAD));
      assertThat(driver.plan(with(1, 410), driver.observe(Set.of(WEB))))
          .isInstanceOf(Plan.InSync.class);
      assertThat(new BackendClient(backends, front).ask(4))
          .extracting(Answer::by)
          .containsOnly(Optional.of(backends.endpoint(1)));
      assertThat(driver.inspect())
          .noneMatch(finding -> finding.severity() == Severity.ERROR)
          .anyMatch(finding -> finding.message().equals("it runs in container " + NAME));
    }
  }

  @Test
  void aRefusalNamesTheFileAsItIsCalledHere() throws Exception {
    try (ProxyDriver driver = open("mistake on")) {
      assertThat(round(driver, with(0, 503)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.message()).contains("unknown keyword 'mistake'");
                assertThat(rejected.place().orElseThrow())
                    .startsWith(folder.resolve("site/weir/weir.cfg").toString());
              });
    }
  }

  private Outcome round(ProxyDriver driver, DesiredState desired) throws InterruptedException {
    return driver.apply(driver.plan(desired, driver.observe(Set.of(WEB))));
  }

  private DesiredState with(int backend, int status) {
    return Wanted.state(
        Wanted.pool(WEB)
            .ready("b" + backend, backends.endpoint(backend))
            .empty(new EmptyPolicy.Status(status)));
  }

  private ProxyDriver open(String directive) throws Exception {
    Path site = folder.resolve("site");
    ReloadWay way =
        new ReloadWay.Container(
            new EngineContainer(HttpTarget.parse("unix:" + docker.socket()), NAME),
            new SharedPaths(Map.of(site, Path.of("/edge"))));
    HaproxyOptions options =
        new HaproxyOptions(
            new Kept.OwnFile(site.resolve("weir/weir.cfg")),
            List.of(site.resolve("haproxy.cfg")),
            List.of(new Endpoint.UnixSocket(site.resolve("admin.sock").toString())),
            Optional.empty(),
            "/usr/sbin/haproxy",
            site.resolve("haproxy.pid"),
            new ReloadBy.Program(way),
            Absent.WAIT);
    return new HaproxyDriverType()
        .open(
            options,
            new Context<>(
                new ProxyName("edge"),
                List.of(
                    new Carried<>(
                        WEB, "web", new HaproxySurroundings(List.of(directive), ServerText.NONE))),
                Files.createDirectories(folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE));
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.driver.nginx.Processes.Title;
import dev.weir.model.Address;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import dev.weir.net.HttpTarget;
import dev.weir.publish.EngineContainer;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ReloadWay;
import dev.weir.publish.SharedPaths;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.Finding.Severity;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.surround.ServerText;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A real nginx in a container of a real Docker Engine: processes and paths have other names there.
 */
@RequiresServer({Server.NGINX, Server.DOCKERD, Server.BUSYBOX})
@Timeout(120)
class NginxContainerTest {

  private static final String NAME = "edge-nginx";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static DockerDaemon docker;

  private final int front = FreePorts.one();
  private final int confirm = FreePorts.one();
  private Backends backends;
  private Path folder;

  @BeforeAll
  static void startTheEngine() throws Exception {
    docker = DockerDaemon.start(ShortTempDir.create());
  }

  @AfterAll
  static void stopTheEngine() {
    docker.close();
  }

  @BeforeEach
  void anNginxInAContainer() throws Exception {
    backends = Backends.start(2);
    folder = ShortTempDir.create();
    Files.createDirectories(folder.resolve("site/weir"));
    Files.createDirectories(folder.resolve("lib"));
    Files.createDirectories(folder.resolve("log"));
    Files.writeString(
        folder.resolve("site/nginx.conf"),
        """
        user root;
        worker_processes 2;
        pid /edge/nginx.pid;
        error_log /edge/error.log notice;
        events { }
        http {
          access_log off;
          include /edge/weir/*.conf;
          server { listen 127.0.0.1:%d; location / { proxy_pass http://web; } }
        }
        """
            .formatted(front));
    try (ProxyDriver driver = open(NginxSurroundings.NONE, docker.socket())) {
      // the file is there before its nginx is
      Files.writeString(upstreams(), "upstream web { server 127.0.0.1:9; }\n");
      run();
      Edge.converge(driver, with(0));
    }
  }

  private static ContainerSpec nginx() {
    return ContainerSpec.sleeper(NAME)
        .running("exec /usr/sbin/nginx -c /edge/nginx.conf -g 'daemon off;'");
  }

  private String[] shared() {
    return new String[] {
      folder.resolve("site") + ":/edge",
      folder.resolve("lib") + ":/var/lib/nginx",
      folder.resolve("log") + ":/var/log/nginx",
      "/usr:/usr:ro",
      "/lib:/lib:ro",
      "/lib64:/lib64:ro",
      "/etc/passwd:/etc/passwd:ro",
      "/etc/group:/etc/group:ro"
    };
  }

  private void run() throws IOException {
    docker.run(nginx().onHost(shared()));
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
    backends.close();
  }

  @Test
  void members_change_by_a_signal_to_the_container_and_that_is_confirmed() throws Exception {
    try (ProxyDriver driver = open(NginxSurroundings.NONE, docker.socket())) {
      assertThat(driver.plan(with(0), Edge.observe(driver))).isInstanceOf(Plan.InSync.class);
      assertThat(Edge.round(driver, with(1)))
          .isEqualTo(new Outcome.Applied(with(1).fingerprint(), Outcome.Way.RELOAD));
      assertThat(new BackendClient(backends, front).ask(4))
          .allSatisfy(answer -> assertThat(answer.by()).contains(backends.endpoint(1)));
      assertThat(driver.inspect()).extracting(f -> f.severity()).doesNotContain(Severity.ERROR);
    }
  }

  @Test
  void in_a_network_of_its_own_it_is_asked_where_its_port_is_published() throws Exception {
    docker.remove(NAME);
    int published = FreePorts.one();
    docker.run(nginx().sharing(shared()).publish(published, 7781));
    try (ProxyDriver driver = open(NginxSurroundings.NONE, docker.socket())) {
      assertThat(driver.inspect())
          .anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.ERROR);
            assertThat(finding.message()).contains("in a network of its own", "published");
          });
    }
    Confirm apart =
        new Confirm(
            (Endpoint.Ip) Address.parse("0.0.0.0:7781"),
            (Endpoint.Ip) Address.parse("127.0.0.1:" + published));
    try (ProxyDriver driver = open(NginxSurroundings.NONE, docker.socket(), apart)) {
      assertThat(Edge.round(driver, with(1)))
          .isEqualTo(new Outcome.Applied(with(1).fingerprint(), Outcome.Way.RELOAD));
      assertThat(driver.plan(with(1), Edge.observe(driver))).isInstanceOf(Plan.InSync.class);
      assertThat(driver.inspect()).extracting(f -> f.severity()).doesNotContain(Severity.ERROR);
    }
  }

  @Test
  void what_nginx_refuses_in_the_container_never_comes_into_force() throws Exception {
    String good = Files.readString(upstreams());
    NginxSurroundings refused =
        new NginxSurroundings(List.of("refused_directive on;"), ServerText.NONE);
    try (ProxyDriver driver = open(refused, docker.socket())) {
      assertThat(Edge.round(driver, with(1)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.message()).contains("unknown directive \"refused_directive\"");
                assertThat(rejected.place())
                    .hasValueSatisfying(place -> assertThat(place).startsWith(upstreams() + ":"));
                assertThat(rejected.foreign()).isFalse();
              });
    }
    assertThat(upstreams()).hasContent(good);
  }

  @Test
  void a_clash_with_the_containers_own_files_is_found_after_the_swap_and_goes_back()
      throws Exception {
    String good = Files.readString(upstreams());
    Path config = folder.resolve("site/nginx.conf");
    Files.writeString(
        config, Files.readString(config).replace("include /edge", "mistake on; include /edge"));
    try (ProxyDriver driver = open(NginxSurroundings.NONE, docker.socket())) {
      assertThat(Edge.round(driver, with(1)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.foreign()).isTrue();
                assertThat(rejected.place())
                    .hasValueSatisfying(place -> assertThat(place).startsWith(config + ":"));
              });
    }
    assertThat(upstreams()).hasContent(good);
  }

  @Test
  void a_container_that_is_stopped_is_an_nginx_that_does_not_run() throws Exception {
    docker.stop(NAME, Duration.ofSeconds(5));
    try (ProxyDriver driver = open(NginxSurroundings.NONE, docker.socket())) {
      assertThat(Edge.observe(driver).condition())
          .isEqualTo(new Condition.NotRunning("container edge-nginx does not run"));
    }
  }

  @Test
  void a_test_that_does_not_end_is_killed_in_the_container() throws Exception {
    String number = Integer.toString(700_000 + front);
    ProgramResult result = container().run(List.of("sleep", number), Duration.ofSeconds(1));
    assertThat(result).isInstanceOf(ProgramResult.TimedOut.class);
    await()
        .atMost(PATIENCE)
        .until(() ->
            ProcessHandle.allProcesses()
                .map(process -> Processes.title(process.pid()))
                .noneMatch(title -> title.equals(new Title.Told("sleep " + number))));
    assertThat(container().run(List.of("sh", "-c", "exit 3"), PATIENCE))
        .isInstanceOfSatisfying(
            ProgramResult.Exited.class, exited -> assertThat(exited.code()).isEqualTo(3));
  }

  @Test
  void without_its_engine_nothing_is_taken_for_stopped() throws Exception {
    Path nowhere = folder.resolve("no.sock");
    try (ProxyDriver driver = open(NginxSurroundings.NONE, nowhere)) {
      assertThat(Edge.observe(driver).condition()).isInstanceOf(Condition.Unreachable.class);
      String good = Files.readString(upstreams());
      assertThat(Edge.round(driver, with(1))).isInstanceOf(Outcome.Failed.class);
      assertThat(upstreams()).as("nothing is done blindly").hasContent(good);
    }
  }

  private Path upstreams() {
    return folder.resolve("site/weir/upstreams.conf");
  }

  private static EngineContainer container() {
    return new EngineContainer(HttpTarget.parse("unix:" + docker.socket()), NAME);
  }

  private DesiredState with(int number) {
    return Wanted.state(Wanted.pool(Edge.WEB).ready("b" + number, backends.endpoint(number)));
  }

  private ProxyDriver open(NginxSurroundings around, Path engine) throws Exception {
    return open(around, engine, Confirm.loopback("127.0.0.1:" + confirm));
  }

  private ProxyDriver open(NginxSurroundings around, Path engine, Confirm confirmed)
      throws Exception {
    ReloadWay container =
        new ReloadWay.Container(
            new EngineContainer(HttpTarget.parse("unix:" + engine), NAME),
            new SharedPaths(Map.of(folder.resolve("site"), Path.of("/edge"))));
    NginxOptions options =
        new NginxOptions(
            upstreams(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            folder.resolve("site/nginx.conf"),
            "/usr/sbin/nginx",
            folder.resolve("site/nginx.pid"),
            confirmed,
            NginxOptions.Update.AUTO,
            container);
    return new NginxType()
        .open(
            options,
            new Context<>(
                new ProxyName("edge"),
                List.of(new Carried<>(Edge.WEB, "web", around)),
                Files.createDirectories(folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE,
                Access.OWN));
  }
}

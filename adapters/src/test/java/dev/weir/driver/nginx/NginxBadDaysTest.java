package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.Output;
import dev.weir.publish.Programs;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.SetupException;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What people and accidents do to an nginx that Weir keeps, beyond the driver contract. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxBadDaysTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void a_confirm_port_that_is_taken_is_found_out_before_it_can_hurt() throws Exception {
    try (Edge edge = new Edge(new RealNginx());
        ProxyDriver driver = edge.open()) {
      Files.writeString(edge.nginx.upstreams, "# nothing yet\n");
      try (ServerSocket taken = occupied(edge.nginx.confirmPort)) {
        assertThat(taken.isBound()).isTrue();
        assertThat(Edge.round(driver, edge.with(0))).satisfies(NginxBadDaysTest::namesTheTaken);
        edge.nginx.start();
        assertThat(Edge.round(driver, edge.with(0))).satisfies(NginxBadDaysTest::namesTheTaken);
        assertThat(edge.nginx.upstreams).hasContent("# nothing yet\n");
      }
      Edge.converge(driver, edge.with(0));
    }
  }

  private static void namesTheTaken(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.step()).isEqualTo("check");
              assertThat(failed.reason()).contains("127.0.0.1:", "taken by another program");
            });
  }

  @Test
  void a_reload_that_fails_after_the_test_is_found_out_and_undone() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      try (ProxyDriver driver = edge.open()) {
        try (ServerSocket taken = occupied(FreePorts.one())) {
          String place = "127.0.0.1:" + taken.getLocalPort();
          edge.nginx.configure("server { listen %s; }".formatted(place));
          assertThat(Edge.round(driver, edge.with(1)))
              .isInstanceOfSatisfying(
                  Outcome.Failed.class,
                  failed -> {
                    assertThat(failed.step()).isEqualTo("reload");
                    assertThat(failed.reason()).contains("bind() to " + place + " failed");
                  });
          assertThat(edge.nginx.upstreams).hasContent(good);
          assertThat(edge.nginx.check()).isEmpty();
        }
        Edge.converge(driver, edge.with(1));
      }
    }
  }

  @Test
  void a_file_that_was_deleted_is_there_again_though_the_reload_fails() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        try (ServerSocket taken = occupied(FreePorts.one())) {
          edge.nginx.configure("server { listen 127.0.0.1:%d; }".formatted(taken.getLocalPort()));
          Files.delete(edge.nginx.upstreams);
          assertThat(Edge.round(driver, edge.with(0)))
              .isInstanceOfSatisfying(
                  Outcome.Failed.class, failed -> assertThat(failed.step()).isEqualTo("reload"));
          assertThat(edge.nginx.check()).isEmpty();
        }
        Edge.converge(driver, edge.with(0));
      }
    }
  }

  @Test
  void a_clash_with_the_users_own_text_is_named_and_not_called_foreign() throws Exception {
    try (Edge edge = new Edge(new RealNginx());
        ProxyDriver driver = edge.open()) {
      edge.nginx.configure("upstream web { server 127.0.0.1:1; }");
      edge.nginx.start();
      assertThat(Edge.round(driver, edge.with(0)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.message()).contains("duplicate upstream \"web\"");
                assertThat(rejected.place()).contains(edge.nginx.config + ":11");
                assertThat(rejected.foreign()).isFalse();
              });
      assertThat(edge.nginx.upstreams).isEmptyFile();
      edge.nginx.configure("");
      Edge.converge(driver, edge.with(0));
    }
  }

  @Test
  void an_own_mistake_is_placed_in_the_file_that_weir_owns() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      NginxSurroundings around =
          new NginxSurroundings(List.of(), Surroundings.server("no_such_parameter=1"));
      try (ProxyDriver driver = edge.open(edge.nginx.options(), Access.OWN, around)) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isEqualTo(
                new Outcome.Rejected(
                    "invalid parameter \"no_such_parameter=1\" in %s:5"
                        .formatted(edge.nginx.upstreams),
                    Optional.of(edge.nginx.upstreams + ":5"),
                    false));
      }
      assertThat(edge.nginx.upstreams).hasContent(good);
    }
  }

  @Test
  void an_empty_pid_file_or_one_that_names_somebody_else_means_not_running() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"));
        ProxyDriver driver = edge.open()) {
      List<String> pids = List.of("", "no number", "1", ProcessHandle.current().pid() + "\n");
      for (int i = 0; i < pids.size(); i++) {
        Files.writeString(edge.nginx.pid, pids.get(i));
        assertThat(Edge.observe(driver).condition()).isInstanceOf(Condition.NotRunning.class);
        DesiredState desired = edge.with(i);
        assertThat(Edge.round(driver, desired))
            .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.FILES_ONLY));
      }
    }
  }

  @Test
  void an_nginx_of_another_configuration_is_left_alone() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"));
        RealNginx other = new RealNginx();
        ProxyDriver driver = edge.open()) {
      other.start();
      Files.copy(other.pid, edge.nginx.pid);
      assertThat(Edge.observe(driver).condition())
          .isInstanceOfSatisfying(
              Condition.NotRunning.class,
              stopped -> assertThat(stopped.reason()).contains(other.config.toString()));
    }
  }

  @Test
  void without_its_pid_file_it_is_found_by_what_it_answers() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String pid = Files.readString(edge.nginx.pid);
      Files.delete(edge.nginx.pid);
      try (ProxyDriver driver = edge.open()) {
        DesiredState desired = edge.with(1);
        assertThat(Edge.round(driver, desired))
            .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.RELOAD));
      }
      Files.writeString(edge.nginx.pid, pid);
    }
  }

  @Test
  void replaced_by_another_instance_it_is_kept_in_step_as_before() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(1));
        edge.nginx.kill();
        edge.nginx.start();
        Edge.converge(driver, edge.with(1, 2));
      }
      assertThat(new BackendClient(edge.backends, edge.nginx.port(0)).ask(8))
          .allMatch(answer -> answer.status() == 200);
    }
  }

  @Test
  void workers_that_hang_are_unreachable_and_not_gone() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        List<String> workers =
            edge.nginx.master().orElseThrow().workers().stream().map(String::valueOf).toList();
        kill("-STOP", workers);
        Observed observed = Edge.observe(driver);
        kill("-CONT", workers);
        assertThat(observed.condition()).isInstanceOf(Condition.Unreachable.class);
        Edge.converge(driver, edge.with(1));
      }
    }
  }

  @Test
  void workers_that_outlive_their_master_are_not_taken_for_in_step() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      Master master = edge.nginx.master().orElseThrow();
      List<String> workers = master.workers().stream().map(String::valueOf).toList();
      kill("-KILL", List.of(Long.toString(master.pid())));
      try (ProxyDriver driver = edge.open()) {
        for (int round = 0; round < 2; round++) {
          assertThat(Edge.round(driver, edge.with(1)))
              .isInstanceOfSatisfying(
                  Outcome.Failed.class,
                  failed -> assertThat(failed.reason()).startsWith("nginx answers, but "));
        }
        kill("-KILL", workers);
        assertThat(edge.nginx.check()).isEmpty();
        edge.nginx.start();
        Edge.converge(driver, edge.with(1));
      }
    }
  }

  @Test
  void without_the_nginx_program_nothing_is_touched() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      NginxOptions o = edge.nginx.options();
      NginxOptions without =
          new NginxOptions(
              o.upstreams(), o.config(), "/no/nginx", o.pid(), o.confirm(), o.update(), o.reload());
      try (ProxyDriver driver = edge.open(without, Access.OWN, NginxSurroundings.NONE)) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> {
                  assertThat(failed.step()).isEqualTo("check");
                  assertThat(failed.reason()).contains("/no/nginx");
                });
      }
      assertThat(edge.nginx.upstreams).hasContent(good);
    }
  }

  @Test
  void a_full_disk_changes_nothing() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"));
        Mount disk = Mount.small(edge.nginx.folder.resolve("weir"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(0));
        String good = Files.readString(edge.nginx.upstreams);
        Path filler = fill(disk.at());
        assertThat(Edge.round(driver, edge.with(0, 1)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> {
                  assertThat(failed.step()).isEqualTo("stage");
                  assertThat(failed.reason()).containsIgnoringCase("no space");
                });
        assertThat(edge.nginx.upstreams).hasContent(good);
        assertThat(edge.nginx.check()).isEmpty();
        Files.delete(filler);
        Edge.converge(driver, edge.with(0, 1));
      }
    }
  }

  @Test
  void a_read_only_folder_changes_nothing() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      Path folder = edge.nginx.folder.resolve("weir");
      try (ProxyDriver driver = edge.open()) {
        try (Mount readOnly = Mount.readOnly(folder)) {
          assertThat(readOnly).isNotNull();
          assertThat(Edge.round(driver, edge.with(1)))
              .isInstanceOfSatisfying(
                  Outcome.Failed.class,
                  failed -> assertThat(failed.reason()).containsIgnoringCase("read-only"));
          assertThat(edge.nginx.check()).isEmpty();
        }
        Edge.converge(driver, edge.with(1));
      }
      try (Mount readOnly = Mount.readOnly(folder)) {
        assertThat(readOnly).isNotNull();
        assertThatThrownBy(edge::open)
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("may write");
      }
    }
  }

  @Test
  void a_second_weir_is_refused_and_may_look() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver first = edge.open()) {
        assertThat(first).isNotNull();
        assertThatThrownBy(edge::open)
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("another Weir")
            .hasMessageContaining(edge.nginx.folder.resolve("state").toString());
        try (ProxyDriver looking =
            edge.open(edge.nginx.options(), Access.LOOK, NginxSurroundings.NONE)) {
          assertThat(Edge.observe(looking).running()).isTrue();
          assertThatThrownBy(() -> Edge.round(looking, edge.with(1)))
              .isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  @Test
  void an_empty_pool_answers_its_status_whatever_is_set_around_http() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"));
        ProxyDriver driver = edge.open()) {
      edge.nginx.configure(
          """
          error_page 503 @elsewhere;
          error_page 404 /missing.html;
          add_header X-User user;
          gzip on;
          """);
      Edge.round(driver, Wanted.state(Wanted.pool(Edge.WEB)));
      edge.nginx.start();
      assertThat(Edge.observe(driver).loaded()).isPresent();
      assertThat(new BackendClient(edge.backends, edge.nginx.port(0)).ask(3))
          .allMatch(answer -> answer.status() == 503);
    }
  }

  private static ServerSocket occupied(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
  }

  private static void kill(String signal, List<String> pids) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill \"$@\"", "sh"));
    command.add(signal);
    command.addAll(pids);
    assertThat(Programs.run(command, PATIENCE))
        .isInstanceOfSatisfying(Exited.class, done -> assertThat(done.succeeded()).isTrue());
  }

  /** Leaves no byte free. */
  private static Path fill(Path disk) throws InterruptedException {
    Path filler = disk.resolve("filler");
    String script = "head -c 300000 /dev/zero > \"$1\"";
    assertThat(Programs.run(List.of("sh", "-c", script, "sh", filler.toString()), PATIENCE))
        .isInstanceOf(Exited.class);
    return filler;
  }

  /** Something mounted over a folder; the test is skipped where nothing may be mounted. */
  private record Mount(Path at) implements AutoCloseable {

    /** A disk of 256 KiB. */
    static Mount small(Path at) throws InterruptedException {
      return mount("mount -t tmpfs -o size=256k weir-test \"$1\"", at);
    }

    /** The same folder, read-only. */
    static Mount readOnly(Path at) throws InterruptedException {
      return mount("mount --bind \"$1\" \"$1\" && mount -o remount,bind,ro \"$1\"", at);
    }

    private static Mount mount(String script, Path at) throws InterruptedException {
      assumeThat(Programs.run(List.of("sh", "-c", script, "sh", at.toString()), PATIENCE))
          .as("mounting needs root")
          .isEqualTo(new Exited(0, new Output("", "")));
      return new Mount(at);
    }

    @Override
    public void close() {
      try {
        Programs.run(List.of("umount", "-l", at.toString()), PATIENCE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Outcome;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Finding the nginx that is meant, whatever happened to its processes and pid file. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxProcessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

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
  void a_pid_file_that_cannot_be_read_is_no_sign_that_it_is_stopped() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      Path pid = Files.createDirectory(edge.nginx.folder.resolve("unreadable.pid"));
      NginxOptions mute = edge.nginx.options(pid, FreePorts.one());
      try (ProxyDriver driver = edge.open(mute, Access.OWN, NginxSurroundings.NONE)) {
        assertThat(Edge.observe(driver).condition()).isInstanceOf(Condition.Unreachable.class);
        assertThat(Edge.round(driver, edge.with(1)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed ->
                    assertThat(failed.reason())
                        .startsWith("the pid file " + pid + " cannot be read ("));
        assertThat(edge.nginx.upstreams).hasContent(good);
      }
      NginxOptions answering = edge.nginx.options(pid, edge.nginx.confirmPort);
      try (ProxyDriver driver = edge.open(answering, Access.OWN, NginxSurroundings.NONE)) {
        assertThat(Edge.round(driver, edge.with(1)))
            .as("it is found by what it answers")
            .isEqualTo(new Outcome.Applied(edge.with(1).fingerprint(), Outcome.Way.RELOAD));
      }
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

  private static void kill(String signal, List<String> pids) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "kill \"$@\"", "sh"));
    command.add(signal);
    command.addAll(pids);
    assertThat(Programs.run(command, PATIENCE))
        .isInstanceOfSatisfying(Exited.class, done -> assertThat(done.succeeded()).isTrue());
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members that change while nginx runs, and what people and accidents do to that. */
@RequiresServer({Server.NGINX, Server.NGINX_LUA})
@Timeout(60)
class NginxLiveTest {

  @Test
  void members_change_at_once_and_no_worker_is_replaced() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0, 1);
      Set<Long> workers = edge.nginx.master().orElseThrow().workers();
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(0, 1));
        Plan plan = driver.plan(edge.with(1, 2), Edge.observe(driver));
        assertThat(plan).isInstanceOf(Plan.Live.class);
        assertThat(plan.changes()).hasSize(2);
        assertThat(driver.apply(plan)).isInstanceOf(Outcome.Applied.class);
        assertThat(backends(edge)).containsExactlyInAnyOrder("b1", "b2");
        assertThat(driver.plan(edge.with(1, 2), Edge.observe(driver)))
            .isInstanceOf(Plan.InSync.class);
      }
      assertThat(edge.nginx.master().orElseThrow().workers()).isEqualTo(workers);
    }
  }

  @Test
  void members_change_at_once_though_the_text_around_them_waits_for_a_reload() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0, 1);
      Set<Long> workers = edge.nginx.master().orElseThrow().workers();
      NginxSurroundings around =
          new NginxSurroundings(
              List.of(Surroundings.directive("keepalive 7")), Surroundings.server(""));
      try (ProxyDriver driver = edge.open(edge.nginx.options(), Access.OWN, around)) {
        DesiredState wanted = edge.with(1, 2);
        Observed seen = Edge.observe(driver);
        assertThat(driver.plan(wanted, seen)).isInstanceOf(Plan.Reload.class);
        Plan part = driver.planWithoutReload(wanted, seen);
        assertThat(part.changes()).hasSize(2);
        assertThat(driver.apply(part)).isInstanceOf(Outcome.Applied.class);
        assertThat(backends(edge)).containsExactlyInAnyOrder("b1", "b2");
        assertThat(edge.nginx.master().orElseThrow().workers()).isEqualTo(workers);
        Observed after = Edge.observe(driver);
        assertThat(driver.planWithoutReload(wanted, after)).isInstanceOf(Plan.InSync.class);
        assertThat(driver.plan(wanted, after))
            .isInstanceOfSatisfying(Plan.Reload.class, it -> assertThat(it.changes()).isEmpty());
      }
    }
  }

  @Test
  void killed_and_started_alone_it_serves_the_last_members() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(1, 2));
      }
      edge.nginx.kill();
      edge.nginx.start();
      assertThat(backends(edge)).containsExactlyInAnyOrder("b1", "b2");
      try (ProxyDriver driver = edge.open()) {
        assertThat(driver.plan(edge.with(1, 2), Edge.observe(driver)))
            .isInstanceOf(Plan.InSync.class);
      }
    }
  }

  @Test
  void who_does_not_know_the_secret_changes_and_sees_nothing() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      LiveHand hand = new LiveHand(edge.nginx);
      String list = hand.list("web").text();
      String other = list.replace(hand.list("web").version(), "f".repeat(32));
      for (String wrong : List.of("", "x", hand.secret().substring(1), hand.secret() + "0")) {
        assertThat(hand.port().put(wrong, other).status()).isEqualTo(403);
        assertThat(hand.port().ask(wrong, List.of("web")))
            .isNotNull()
            .satisfies(answer -> assertThat(answer.status()).isEqualTo(403))
            .satisfies(answer -> assertThat(answer.body()).doesNotContain("127.0.0.1"));
      }
      assertThat(hand.list("web").text()).isEqualTo(list);
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(hand.files().secretFile())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_secret_that_was_lost_is_replaced() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      LiveHand hand = new LiveHand(edge.nginx);
      Files.delete(hand.files().secretFile());
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(1));
      }
      assertThat(backends(edge)).containsExactly("b1");
      assertThat(hand.list("web").members()).hasSize(1);
    }
  }

  @Test
  void a_list_that_does_not_fit_is_refused_and_the_former_one_serves() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      LiveHand hand = new LiveHand(edge.nginx);
      String line = "\n10.0.0.1:80 1 ready normal " + "n".repeat(100);
      String lines = line.repeat(3_000_000 / line.length());
      List<Integer> answers =
          IntStream.range(0, 4)
              .mapToObj(i -> "weir up%d %032x%s\nend\n".formatted(i, i, lines))
              .map(list -> put(hand, list))
              .toList();
      assertThat(answers).startsWith(200).contains(507);
      assertThat(put(hand, "weir web %032x%s\nend\n".formatted(1, lines))).isEqualTo(507);
      assertThat(put(hand, "weir web %032x%s\nend\n".formatted(1, lines + lines))).isEqualTo(413);
      assertThat(backends(edge)).containsExactly("b0");
    }
  }

  @Test
  void what_a_person_changed_in_the_running_nginx_is_put_right_without_a_reload() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0, 1);
      new LiveHand(edge.nginx).takeOut("web");
      try (ProxyDriver driver = edge.open()) {
        Plan plan = driver.plan(edge.with(0, 1), Edge.observe(driver));
        assertThat(plan).isInstanceOf(Plan.Live.class);
        assertThat(plan.changes()).hasSize(1);
        assertThat(driver.apply(plan)).isInstanceOf(Outcome.Applied.class);
      }
      assertThat(backends(edge)).containsExactlyInAnyOrder("b0", "b1");
    }
  }

  @Test
  void without_the_module_a_reload_does_it_and_check_says_why() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        DesiredState desired = edge.with(1);
        assertThat(Edge.round(driver, desired))
            .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.RELOAD));
        assertThat(driver.inspect())
            .anySatisfy(
                finding -> assertThat(finding.message()).contains("nginx has no Lua module"));
      }
    }
  }

  @Test
  void a_folder_that_workers_cannot_enter_is_named_and_a_reload_does_it() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      Files.writeString(
          edge.nginx.config,
          Files.readString(edge.nginx.config).replace("user root;", "user www-data;"));
      Files.setPosixFilePermissions(
          edge.nginx.folder, PosixFilePermissions.fromString("rwx------"));
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        assertThat(driver.inspect())
            .anySatisfy(finding ->
                assertThat(finding.message())
                    .contains("workers cannot enter " + edge.nginx.folder));
      }
      assertThat(backends(edge)).containsExactly("b0");
    }
  }

  @Test
  void workers_of_another_user_read_what_they_need() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      Files.writeString(
          edge.nginx.config,
          Files.readString(edge.nginx.config).replace("user root;", "user www-data;"));
      Files.setPosixFilePermissions(
          edge.nginx.folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      edge.startWith(0, 1);
      assertThat(backends(edge)).containsExactlyInAnyOrder("b0", "b1");
      assertThat(new LiveHand(edge.nginx).list("web").members()).hasSize(2);
    }
  }

  @Test
  void a_pool_that_only_nginx_can_balance_is_reloaded_and_check_says_why() throws Exception {
    NginxSurroundings own =
        new NginxSurroundings(
            List.of(Surroundings.directive("random two least_conn")),
            Surroundings.server("max_conns=100"));
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open(edge.nginx.options(), Access.OWN, own)) {
        DesiredState desired = edge.with(1);
        assertThat(Edge.round(driver, desired))
            .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.RELOAD));
        assertThat(driver.inspect())
            .anySatisfy(finding ->
                assertThat(finding.message())
                    .isEqualTo("changes need a reload: pool web: 'random' is nginx's own"));
      }
      assertThat(backends(edge)).containsExactly("b1");
    }
  }

  private static int put(LiveHand hand, String list) {
    try {
      return hand.port().put(hand.secret(), list).status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> backends(Edge edge) throws IOException {
    List<Answer> answers = new BackendClient(edge.backends, edge.nginx.port(0)).ask(16);
    assertThat(answers).allMatch(answer -> answer.status() == 200);
    return answers.stream()
        .map(answer -> answer.by().orElseThrow())
        .map(by ->
            IntStream.range(0, 4)
                .filter(i -> edge.backends.endpoint(i).equals(by))
                .mapToObj(i -> "b" + i)
                .findFirst()
                .orElseThrow())
        .collect(Collectors.toSet());
  }
}

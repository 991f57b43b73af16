package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.surround.ServerText;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What administrators and accidents do to an nginx and its files. */
@RequiresServer({Server.NGINX, Server.NGINX_LUA})
@Timeout(60)
class NginxBadDaysTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void a_lua_module_that_is_loaded_too_early_is_the_users_fault_with_its_place() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLuaTooEarly("web"));
        ProxyDriver driver = edge.open()) {
      assertThat(Edge.round(driver, edge.with(0)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.message()).contains("undefined symbol");
                assertThat(rejected.place()).contains(edge.nginx.config + ":1");
                assertThat(rejected.foreign()).isTrue();
              });
      String config = Files.readString(edge.nginx.config);
      List<String> lines = config.lines().toList();
      Files.writeString(
          edge.nginx.config,
          config.replace(lines.get(0) + "\n" + lines.get(1), lines.get(1) + "\n" + lines.get(0)));
      Edge.converge(driver, edge.with(0));
      edge.nginx.start();
      Edge.converge(driver, edge.with(1));
      assertThat(new BackendClient(edge.backends, edge.nginx.port(0)).ask(4))
          .allSatisfy(answer -> assertThat(answer.by()).contains(edge.backends.endpoint(1)));
    }
  }

  /** nginx only warns of it, and Weir's balancer would be asked no more. */
  @Test
  void a_balancing_method_that_somebody_puts_after_weirs_own_is_taken_out() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(0));
        String good = Files.readString(edge.nginx.upstreams);
        int end = good.indexOf("\n}\n", good.indexOf("upstream web {"));
        Files.writeString(
            edge.nginx.upstreams,
            good.substring(0, end) + "\n    least_conn;" + good.substring(end));
        assertThat(edge.nginx.check()).as("nginx takes it").isEmpty();
        edge.nginx.reload();
        assertThat(driver.plan(edge.with(0), Edge.observe(driver))).isInstanceOf(Plan.Reload.class);
        Edge.converge(driver, edge.with(1));
        assertThat(edge.nginx.upstreams).hasContent(good);
        assertThat(new BackendClient(edge.backends, edge.nginx.port(0)).ask(4))
            .allSatisfy(answer -> assertThat(answer.by()).contains(edge.backends.endpoint(1)));
      }
    }
  }

  @Test
  void two_balancing_methods_are_refused_where_they_are_written() {
    assertThatThrownBy(
            () -> new NginxSurroundings(List.of("ip_hash;", "least_conn;"), ServerText.NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"least_conn;\" after \"ip_hash;\": the last one alone would count (expected: one"
                + " balancing method)");
  }

  @Test
  void another_user_of_the_machine_cannot_read_the_secret() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0);
      Path secret = new LiveFiles(edge.nginx.upstreams, Checkpoints.NONE).secretFile();
      assertThat(Programs.run(asNobody("cat", secret.toString()), PATIENCE))
          .isInstanceOfSatisfying(
              Exited.class,
              exited -> {
                assertThat(exited.succeeded()).isFalse();
                assertThat(exited.output().text()).contains("Permission denied");
              });
      Path balancer = new LiveFiles(edge.nginx.upstreams, Checkpoints.NONE).balancer();
      assertThat(Programs.run(asNobody("cat", balancer.toString()), PATIENCE))
          .as("nginx's workers need this one")
          .isInstanceOfSatisfying(Exited.class, exited -> assertThat(exited.succeeded()).isTrue());
    }
  }

  @Test
  void behind_a_symbolic_link_the_file_is_replaced_and_the_link_stays() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      Path real = edge.nginx.folder.resolve("elsewhere.conf");
      Files.createSymbolicLink(edge.nginx.upstreams, real);
      Files.writeString(real, "");
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        assertThat(driver.plan(edge.with(0), Edge.observe(driver))).isInstanceOf(Plan.InSync.class);
        assertThat(Edge.round(driver, edge.with(1))).isInstanceOf(Outcome.Applied.class);
      }
      assertThat(edge.nginx.upstreams).isSymbolicLink();
      assertThat(real).content().contains(edge.backends.endpoint(1).toString());
    }
  }

  @Test
  void a_file_that_is_mounted_by_itself_is_left_alone_and_that_is_said() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      try (Mount mount = Mount.itself(edge.nginx.upstreams);
          ProxyDriver driver = edge.open()) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isEqualTo(
                new Outcome.Failed(
                    "stage",
                    "%s is mounted by itself and cannot be replaced in one step (expected: its folder"
                            .formatted(mount.at())
                        + " mounted)"));
        assertThat(edge.nginx.upstreams).hasContent(good);
        assertThat(edge.nginx.check()).isEmpty();
      }
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(1));
      }
    }
  }

  @Test
  void upstreams_without_a_zone_are_named() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      NginxSurroundings shared = new NginxSurroundings(List.of("zone web 64k;"), ServerText.NONE);
      try (ProxyDriver driver = edge.open()) {
        assertThat(driver.inspect())
            .anyMatch(found -> found.message().startsWith("no zone in upstream web: "));
      }
      try (ProxyDriver driver = edge.open(edge.nginx.options(), Access.OWN, shared)) {
        assertThat(driver.inspect()).noneMatch(found -> found.message().contains("zone"));
      }
    }
    try (Edge edge = new Edge(RealNginx.withLua("web"));
        ProxyDriver driver = edge.open()) {
      assertThat(driver.inspect())
          .as("Weir's balancer needs none")
          .noneMatch(found -> found.message().contains("zone"));
    }
  }

  private static List<String> asNobody(String... command) {
    return Stream.concat(
            Stream.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"),
            Stream.of(command))
        .toList();
  }
}

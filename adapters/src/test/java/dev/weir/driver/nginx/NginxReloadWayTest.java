package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.publish.ReloadWay;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.surround.ServerText;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reloads by a command of the user's. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxReloadWayTest {

  @Test
  void a_command_reloads_and_nginx_confirms() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String nginx = Server.NGINX.path().toString();
      try (ProxyDriver driver =
          open(edge, nginx, "-c", edge.nginx.config.toString(), "-s", "reload")) {
        DesiredState desired = edge.with(1);
        assertThat(Edge.round(driver, desired))
            .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.RELOAD));
      }
    }
  }

  @Test
  void a_command_that_fails_is_named_and_the_file_goes_back() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      try (ProxyDriver driver = open(edge, "sh", "-c", "echo not today; exit 7")) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> assertThat(failed.reason()).startsWith("sh: exit code 7, not today"));
      }
      assertThat(edge.nginx.upstreams).hasContent(good);
    }
  }

  @Test
  void where_nginx_cannot_be_run_here_the_command_is_the_test() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      String reload = "%s -c %s -s reload".formatted(Server.NGINX.path(), edge.nginx.config);
      NginxOptions options = options(edge, "/no/nginx", "sh", "-c", reload);
      NginxSurroundings refused =
          new NginxSurroundings(List.of("refused_directive on;"), ServerText.NONE);
      try (ProxyDriver driver = edge.open(options, Access.OWN, refused)) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed ->
                    assertThat(failed.reason())
                        .startsWith("sh: exit code 1")
                        .contains("unknown directive \"refused_directive\""));
      }
      assertThat(edge.nginx.upstreams).hasContent(good);
      try (ProxyDriver driver = edge.open(options, Access.OWN, NginxSurroundings.NONE)) {
        assertThat(driver.inspect())
            .anyMatch(f -> f.message().endsWith("the reload command is the only test"))
            .noneMatch(f -> f.severity() == Finding.Severity.ERROR);
        assertThat(Edge.round(driver, edge.with(1))).isInstanceOf(Outcome.Applied.class);
      }
    }
  }

  private static ProxyDriver open(Edge edge, String... command) throws Exception {
    return edge.open(
        options(edge, edge.nginx.options().binary(), command), Access.OWN, NginxSurroundings.NONE);
  }

  private static NginxOptions options(Edge edge, String binary, String... command) {
    NginxOptions o = edge.nginx.options();
    return new NginxOptions(
        o.upstreams(),
        o.stream(),
        o.edit(),
        o.template(),
        o.config(),
        binary,
        o.pid(),
        o.confirm(),
        o.update(),
        new ReloadWay.Command(List.of(command)));
  }
}

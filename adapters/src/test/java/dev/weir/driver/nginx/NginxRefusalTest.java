package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Outcome;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Configurations that nginx's own test refuses, or cannot judge. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxRefusalTest {

  @Test
  void a_clash_with_the_users_own_text_is_named_and_its_pool_left_out() throws Exception {
    try (Edge edge = new Edge(new RealNginx());
        ProxyDriver driver = edge.open()) {
      edge.nginx.configure("upstream web { server 127.0.0.1:1; }");
      edge.nginx.start();
      assertThat(Edge.round(driver, edge.with(0))).isInstanceOf(Outcome.Applied.class);
      assertThat(driver.frozen().get(Edge.WEB))
          .isEqualTo("duplicate upstream \"web\" in " + edge.nginx.config + ":11");
      assertThat(edge.nginx.upstreams).content().doesNotContain("upstream web");
      assertThat(edge.nginx.check()).isEmpty();
      edge.nginx.configure("");
      Edge.converge(driver, edge.with(0));
      assertThat(driver.frozen()).isEmpty();
      assertThat(edge.nginx.upstreams).content().contains("upstream web");
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
  void without_the_nginx_program_nothing_is_touched() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      NginxOptions o = edge.nginx.options();
      NginxOptions without =
          new NginxOptions(
              o.upstreams(),
              o.stream(),
              o.edit(),
              o.template(),
              o.config(),
              "/no/nginx",
              o.pid(),
              o.confirm(),
              o.update(),
              o.reload());
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
}

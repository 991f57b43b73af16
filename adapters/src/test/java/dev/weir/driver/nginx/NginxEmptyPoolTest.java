package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.contract.Wanted;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients get from a pool without ready members. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxEmptyPoolTest {

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
}

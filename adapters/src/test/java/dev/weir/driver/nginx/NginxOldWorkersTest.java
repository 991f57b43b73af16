package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of former configurations are counted as long as they serve. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxOldWorkersTest {

  @Test
  void those_that_have_a_connection_left_count_until_that_ends() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"));
        ProxyDriver driver = edge.open()) {
      Edge.converge(driver, edge.with(0));
      assertThat(driver.oldProcesses()).as("not running").isZero();
      edge.nginx.start();
      assertThat(driver.oldProcesses()).isZero();
      BackendClient client = new BackendClient(edge.backends, edge.nginx.port(0));
      try (ProxyRig.Held first = client.hold()) {
        Edge.converge(driver, edge.with(1));
        await().atMost(Duration.ofSeconds(10)).until(() -> driver.oldProcesses() == 1);
        assertThat(first.finish().status()).isEqualTo(200);
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> driver.oldProcesses() == 0);
    }
  }
}

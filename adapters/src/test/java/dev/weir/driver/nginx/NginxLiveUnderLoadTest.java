package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.DesiredState;
import dev.weir.model.Outcome;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.contract.ProxyRig.Held;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients while members change without a reload. */
@RequiresServer({Server.NGINX, Server.NGINX_LUA})
@Timeout(60)
class NginxLiveUnderLoadTest {

  private static final int CHANGES = 100;

  @Test
  void no_request_fails_and_no_connection_or_worker_ends() throws Exception {
    try (Edge edge = new Edge(RealNginx.withLua("web"))) {
      edge.startWith(0, 1);
      int port = edge.nginx.port(0);
      Set<Long> workers = edge.nginx.master().orElseThrow().workers();
      List<LoadClient> clients =
          Stream.of(
                  LoadClient.keepingAlive(port),
                  LoadClient.keepingAlive(port),
                  LoadClient.connectingAnew(port))
              .toList();
      try (ProxyDriver driver = edge.open();
          Held held = new BackendClient(edge.backends, port).hold()) {
        clients.forEach(LoadClient::start);
        for (int i = 0; i < CHANGES; i++) {
          DesiredState desired = edge.with(i % 4, (i + 1) % 4);
          assertThat(Edge.round(driver, desired))
              .isEqualTo(new Outcome.Applied(desired.fingerprint(), Outcome.Way.LIVE));
          int before = total(clients);
          await()
              .pollInterval(Duration.ofMillis(1))
              .atMost(Duration.ofSeconds(10))
              .until(() -> total(clients) > before + 5);
        }
        edge.backends.release();
        assertThat(held.finish().status()).isEqualTo(200);
      } finally {
        clients.forEach(LoadClient::close);
      }
      assertThat(clients).allSatisfy(client -> assertThat(client.failures()).isEmpty());
      assertThat(edge.nginx.master().orElseThrow().workers()).isEqualTo(workers);
    }
  }

  private static int total(List<LoadClient> clients) {
    return clients.stream().mapToInt(LoadClient::answered).sum();
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.model.Outcome;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Members come and go by reloads while clients keep asking, and no request fails. */
@RequiresServer(Server.NGINX)
@Timeout(120)
class NginxUnderLoadTest {

  private static final int CHANGES = 20;

  @Test
  void no_request_fails_while_members_come_and_go() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0, 1);
      int port = edge.nginx.port(0);
      List<LoadClient> clients =
          Stream.of(
                  LoadClient.keepingAlive(port),
                  LoadClient.keepingAlive(port),
                  LoadClient.connectingAnew(port),
                  LoadClient.connectingAnew(port))
              .toList();
      try (ProxyDriver driver = edge.open()) {
        clients.forEach(LoadClient::start);
        for (int i = 0; i < CHANGES; i++) {
          assertThat(Edge.round(driver, edge.with(i % 4, (i + 1) % 4)))
              .isInstanceOf(Outcome.Applied.class);
          int before = total(clients);
          await().atMost(Duration.ofSeconds(10)).until(() -> total(clients) > before + 20);
        }
      } finally {
        clients.forEach(LoadClient::close);
      }
      assertThat(clients).allSatisfy(client -> assertThat(client.failures()).isEmpty());
      assertThat(clients).allSatisfy(client -> assertThat(client.answered()).isGreaterThan(50));
    }
  }

  private static int total(List<LoadClient> clients) {
    return clients.stream().mapToInt(LoadClient::answered).sum();
  }
}

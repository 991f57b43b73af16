package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Outcome;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reloads that pass nginx's own test and fail all the same. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxReloadFailureTest {

  @Test
  void a_confirm_port_that_is_taken_is_found_out_before_it_can_hurt() throws Exception {
    try (Edge edge = new Edge(new RealNginx());
        ProxyDriver driver = edge.open()) {
      Files.writeString(edge.nginx.upstreams, "# nothing yet\n");
      try (ServerSocket taken = occupied(edge.nginx.confirmPort)) {
        assertThat(taken.isBound()).isTrue();
        assertThat(Edge.round(driver, edge.with(0)))
            .satisfies(NginxReloadFailureTest::namesTheTaken);
        edge.nginx.start();
        assertThat(Edge.round(driver, edge.with(0)))
            .satisfies(NginxReloadFailureTest::namesTheTaken);
        assertThat(edge.nginx.upstreams).hasContent("# nothing yet\n");
      }
      Edge.converge(driver, edge.with(0));
    }
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

  private static void namesTheTaken(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.step()).isEqualTo("check");
              assertThat(failed.reason()).contains("127.0.0.1:", "taken by another program");
            });
  }

  private static ServerSocket occupied(int port) throws IOException {
    return new ServerSocket(port, 1, InetAddress.ofLiteral("127.0.0.1"));
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.Finding;
import dev.weir.spi.Finding.Severity;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.surround.ServerText;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@RequiresServer(Server.NGINX)
@Timeout(60)
class InspectionTest {

  @Test
  void all_is_well_with_an_nginx_that_is_kept() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      assertThat(inspect(edge))
          .hasSize(7)
          .allMatch(finding -> finding.severity() == Severity.OK)
          .extracting(Finding::message)
          .anyMatch(message -> message.startsWith("nginx 1."))
          .anyMatch(message -> message.contains("answers what it runs"));
    }
  }

  @Test
  void what_will_hurt_is_said_with_what_to_do() throws Exception {
    try (Edge edge = new Edge(new RealNginx())) {
      Files.writeString(edge.nginx.config, "events { }\nhttp { mistake on; }\n");
      try (ServerSocket stranger =
          new ServerSocket(edge.nginx.confirmPort, 1, InetAddress.ofLiteral("127.0.0.1"))) {
        Thread answering = Thread.ofVirtual().start(() -> answerOnce(stranger));
        assertThat(inspect(edge))
            .extracting(Finding::severity, f -> f.message().replaceAll("/tmp/\\w+", "DIR"))
            .contains(
                Tuple.tuple(
                    Severity.ERROR,
                    "nginx refuses its own configuration: unknown directive \"mistake\" in"
                        + " DIR/nginx.conf:2"),
                Tuple.tuple(
                    Severity.ERROR,
                    "DIR/weir/upstreams.conf is not included; add 'include"
                        + " DIR/weir/upstreams.conf;' inside http { } of DIR/nginx.conf"))
            .anySatisfy(
                f -> assertThat(f.toString()).contains("WARNING", "worker_shutdown_timeout"))
            .anySatisfy(f -> assertThat(f.toString()).contains("WARNING", "nginx does not run"))
            .anySatisfy(f -> assertThat(f.toString()).contains("ERROR", "SSH-2.0"));
        answering.join();
      }
    }
  }

  private static List<Finding> inspect(Edge edge) throws Exception {
    NginxSurroundings shared = new NginxSurroundings(List.of("zone web 64k;"), ServerText.NONE);
    try (ProxyDriver driver = edge.open(edge.nginx.options(), Access.LOOK, shared)) {
      return driver.inspect();
    }
  }

  private static void answerOnce(ServerSocket server) {
    try (var client = server.accept()) {
      client.getOutputStream().write("SSH-2.0-stranger\r\n".getBytes(StandardCharsets.US_ASCII));
      client.shutdownOutput();
      client.getInputStream().readAllBytes();
    } catch (IOException ended) {
      // the question was asked, and that is all there is to see
    }
  }
}

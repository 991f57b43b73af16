package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers of former configurations are counted as long as they serve. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxOldWorkersTest {

  @Test
  void those_of_an_nginx_that_its_pid_file_does_not_name_count_too() throws Exception {
    RealNginx nginx = new RealNginx("web");
    Path template = nginx.folder.resolve("nginx.conf.tmpl");
    Files.writeString(
        template,
        """
        user root; worker_processes 2;
        pid %s;
        error_log %s;
        events {}
        http {
          access_log off;
          upstream web { server {{(index .pool.web.ready 0).address}}; }
          server {
            listen 127.0.0.1:%d;
            location / { proxy_pass http://web; proxy_http_version 1.1; }
          }
          {{.weir}}
        }
        """
            .formatted(nginx.pid, nginx.folder.resolve("error.log"), nginx.port(0)));
    nginx.template = Optional.of(template);
    try (Edge edge = new Edge(nginx)) {
      edge.startWith(0);
      String pid = Files.readString(nginx.pid);
      Files.delete(nginx.pid);
      BackendClient client = new BackendClient(edge.backends, nginx.port(0));
      try (ProxyDriver driver = edge.open();
          ProxyRig.Held first = client.hold()) {
        Edge.converge(driver, edge.with(1));
        await().atMost(Duration.ofSeconds(10)).until(() -> driver.oldProcesses() == 1);
        assertThat(first.finish().status()).isEqualTo(200);
      }
      Files.writeString(nginx.pid, pid);
    }
  }

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

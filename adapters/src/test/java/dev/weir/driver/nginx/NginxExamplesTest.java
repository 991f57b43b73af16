package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example templates for nginx, used as they are. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxExamplesTest {

  private static final Path EXAMPLES = Path.of("../templates/examples");

  @ParameterizedTest
  @ValueSource(strings = {"nginx.conf.tmpl", "nginx.conf.j2"})
  void keepAProxyInStep(String name) throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      Path template = edge.nginx.folder.resolve(name);
      Files.writeString(
          template,
          Files.readString(EXAMPLES.resolve(name))
              .replace("worker_processes auto;", "user root;\nworker_processes 2;")
              .replace("pid /run/nginx.pid;", paths(edge))
              .replace("127.0.0.1:18082", "127.0.0.1:" + edge.nginx.port(0)));
      edge.nginx.template = Optional.of(template);
      edge.startWith(0, 1);
      BackendClient client = new BackendClient(edge.backends, edge.nginx.port(0));
      try (ProxyDriver driver = edge.open()) {
        assertThat(driver.inspect())
            .noneMatch(finding -> finding.severity() != Finding.Severity.OK);
        assertThat(client.ask(24)).allMatch(answer -> answer.status() == 200);
        Edge.converge(driver, edge.with(1));
        assertThat(client.ask(8))
            .allMatch(answer -> answer.by().equals(Optional.of(edge.backends.endpoint(1))));
        Edge.converge(driver, edge.with());
        assertThat(client.ask(3)).allMatch(answer -> answer.status() == 503);
      }
    }
  }

  private static String paths(Edge edge) {
    return "pid %s;\nerror_log %s;".formatted(edge.nginx.pid, edge.nginx.folder.resolve("errors"));
  }
}

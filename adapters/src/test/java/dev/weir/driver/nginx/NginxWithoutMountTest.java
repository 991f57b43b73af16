package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Outcome;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where a test may not mount: the staged file by itself first, the real tree after the swap. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxWithoutMountTest {

  @Test
  void a_change_gets_in() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"), TreeTrial.Way.BY_ITSELF)) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isEqualTo(new Outcome.Applied(edge.with(1).fingerprint(), Outcome.Way.RELOAD));
        Edge.converge(driver, edge.with(1));
      }
      assertThat(new BackendClient(edge.backends, edge.nginx.port(0)).ask(4))
          .allMatch(answer -> answer.by().equals(Optional.of(edge.backends.endpoint(1))));
    }
  }

  @Test
  void an_own_mistake_is_found_before_the_swap() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"), TreeTrial.Way.BY_ITSELF)) {
      edge.startWith(0);
      String good = Files.readString(edge.nginx.upstreams);
      NginxSurroundings around =
          new NginxSurroundings(
              List.of(Surroundings.directive("mistake on")), Surroundings.server(""));
      try (ProxyDriver driver = edge.open(edge.nginx.options(), Access.OWN, around)) {
        assertThat(Edge.round(driver, edge.with(1)))
            .isInstanceOfSatisfying(
                Outcome.Rejected.class,
                rejected -> {
                  assertThat(rejected.message()).contains("unknown directive \"mistake\"");
                  assertThat(rejected.place()).contains(edge.nginx.upstreams + ":5");
                  assertThat(rejected.foreign()).isFalse();
                });
      }
      assertThat(edge.nginx.upstreams).hasContent(good);
    }
  }

  @Test
  void a_clash_with_the_users_text_is_found_after_the_swap_and_undone() throws Exception {
    try (Edge edge = new Edge(new RealNginx(), TreeTrial.Way.BY_ITSELF);
        ProxyDriver driver = edge.open()) {
      edge.nginx.configure("upstream web { server 127.0.0.1:1; }");
      edge.nginx.start();
      assertThat(Edge.round(driver, edge.with(0)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.message()).contains("duplicate upstream");
                assertThat(rejected.foreign()).isFalse();
              });
      assertThat(edge.nginx.upstreams).isEmptyFile();
      assertThat(names(edge.nginx.upstreams.resolveSibling(".")))
          .containsExactlyInAnyOrder("upstreams.conf", ".upstreams.conf.weir-lock");
      edge.nginx.configure("");
      Edge.converge(driver, edge.with(0));
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder.normalize())) {
      return files.map(f -> String.valueOf(f.getFileName())).toList();
    }
  }
}

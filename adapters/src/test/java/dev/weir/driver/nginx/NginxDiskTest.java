package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Outcome;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Full and read-only disks, and a second Weir at the same file. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxDiskTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void a_full_disk_changes_nothing() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"));
        Mount disk = Mount.small(edge.nginx.folder.resolve("weir"))) {
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        Edge.converge(driver, edge.with(0));
        String good = Files.readString(edge.nginx.upstreams);
        Path filler = fill(disk.at());
        assertThat(Edge.round(driver, edge.with(0, 1)))
            .isInstanceOfSatisfying(
                Outcome.Failed.class,
                failed -> {
                  assertThat(failed.step()).isEqualTo("stage");
                  assertThat(failed.reason()).containsIgnoringCase("no space");
                });
        assertThat(edge.nginx.upstreams).hasContent(good);
        assertThat(edge.nginx.check()).isEmpty();
        Files.delete(filler);
        Edge.converge(driver, edge.with(0, 1));
      }
    }
  }

  @Test
  void a_read_only_folder_changes_nothing() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      Path folder = edge.nginx.folder.resolve("weir");
      try (ProxyDriver driver = edge.open()) {
        try (Mount readOnly = Mount.readOnly(folder)) {
          assertThat(readOnly).isNotNull();
          assertThat(Edge.round(driver, edge.with(1)))
              .isInstanceOfSatisfying(
                  Outcome.Failed.class,
                  failed -> assertThat(failed.reason()).containsIgnoringCase("read-only"));
          assertThat(edge.nginx.check()).isEmpty();
        }
        Edge.converge(driver, edge.with(1));
      }
      try (Mount readOnly = Mount.readOnly(folder)) {
        assertThat(readOnly).isNotNull();
        assertThatThrownBy(edge::open)
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("may write");
      }
    }
  }

  @Test
  void a_second_weir_is_refused_and_may_look() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      edge.startWith(0);
      try (ProxyDriver first = edge.open()) {
        assertThat(first).isNotNull();
        assertThatThrownBy(edge::open)
            .isInstanceOf(SetupException.class)
            .hasMessageContaining("another Weir")
            .hasMessageContaining(edge.nginx.folder.resolve("state").toString());
        try (ProxyDriver looking =
            edge.open(edge.nginx.options(), Access.LOOK, NginxSurroundings.NONE)) {
          assertThat(Edge.observe(looking).running()).isTrue();
          assertThatThrownBy(() -> Edge.round(looking, edge.with(1)))
              .isInstanceOf(IllegalStateException.class);
        }
      }
    }
  }

  /** Leaves no byte free. */
  private static Path fill(Path disk) throws InterruptedException {
    Path filler = disk.resolve("filler");
    String script = "head -c 300000 /dev/zero > \"$1\"";
    assertThat(Programs.run(List.of("sh", "-c", script, "sh", filler.toString()), PATIENCE))
        .isInstanceOf(Exited.class);
    return filler;
  }
}

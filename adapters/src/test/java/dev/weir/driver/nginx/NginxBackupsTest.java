package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Outcome;
import dev.weir.model.ProxyName;
import dev.weir.spi.BackupPolicy;
import dev.weir.spi.BackupPolicy.Names;
import dev.weir.spi.Checkpoints;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.ProxyDriverType.Carried;
import dev.weir.spi.ProxyDriverType.Context;
import dev.weir.spi.Time;
import dev.weir.surround.ServerText;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What files held before, beside a real nginx. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxBackupsTest {

  private Edge edge;

  @BeforeEach
  void anNginxThatServes() throws Exception {
    edge = new Edge(new RealNginx("web"));
    edge.startWith(0);
  }

  @AfterEach
  void endEverything() throws IOException {
    edge.close();
  }

  @Test
  void what_was_replaced_is_kept_and_what_was_refused_is_not() throws Exception {
    Path kept = edge.nginx.folder.resolve("kept");
    BackupPolicy policy =
        new BackupPolicy(10, Duration.ofDays(1), 1_000_000, Optional.of(kept), Names.TIME);
    String first = Files.readString(edge.nginx.upstreams);
    try (ProxyDriver driver = open(policy, NginxSurroundings.NONE)) {
      Edge.converge(driver, edge.with(1));
      assertThat(texts(kept)).containsExactly(first);
    }
    NginxSurroundings refused =
        new NginxSurroundings(List.of("refused_directive on;"), ServerText.NONE);
    try (ProxyDriver driver = open(policy, refused)) {
      assertThat(Edge.round(driver, edge.with(0))).isInstanceOf(Outcome.Rejected.class);
      assertThat(texts(kept)).containsExactly(first);
    }
  }

  @Test
  void beside_the_file_they_are_no_part_of_the_configuration() throws Exception {
    String first = Files.readString(edge.nginx.upstreams);
    try (ProxyDriver driver = open(BackupPolicy.DEFAULT, NginxSurroundings.NONE)) {
      Edge.converge(driver, edge.with(1));
    }
    assertThat(texts(edge.nginx.folder.resolve("weir"))).contains(first);
    assertThat(edge.nginx.check()).as("one upstream of each name").isEmpty();
  }

  private static List<String> texts(Path folder) throws IOException {
    List<String> texts = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.add(Files.readString(file));
      }
    }
    return texts;
  }

  private ProxyDriver open(BackupPolicy backups, NginxSurroundings around) throws Exception {
    return new NginxType()
        .open(
            edge.nginx.options(),
            new Context<>(
                new ProxyName("edge"),
                List.of(new Carried<>(Edge.WEB, "web", around)),
                Files.createDirectories(edge.nginx.folder.resolve("state")),
                Time.SYSTEM,
                Checkpoints.NONE,
                Access.OWN,
                backups));
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.spi.SetupException;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Upstreams in files that a user goes on editing. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxEditTest {

  private Edge edge;
  private Path file;
  private Path link;

  @BeforeEach
  void anNginxWithAnUpstreamBehindALink() throws Exception {
    edge = new Edge(new RealNginx("web"));
    Path available = Files.createDirectory(edge.nginx.folder.resolve("available"));
    Path enabled = Files.createDirectory(edge.nginx.folder.resolve("enabled"));
    file = available.resolve("web.conf");
    link = Files.createSymbolicLink(enabled.resolve("web.conf"), file);
    Files.writeString(file, "upstream web {\n  keepalive 8;\n  server 127.0.0.1:9 down;\n}\n");
    edge.nginx.edit = List.of(enabled + "/*");
    edge.nginx.always = "include " + enabled + "/*;\n";
    edge.nginx.configure("");
    edge.startWith(0);
  }

  @AfterEach
  void endEverything() throws IOException {
    edge.close();
  }

  @Test
  void the_link_stays_and_its_target_is_edited() throws Exception {
    assertThat(link).isSymbolicLink();
    assertThat(file).content().contains("server " + edge.backends.endpoint(0) + ";");
    assertThat(edge.nginx.upstreams).content().doesNotContain("upstream web");
  }

  @Test
  void what_the_user_changes_meanwhile_survives_but_for_members() throws Exception {
    try (ProxyDriver driver = edge.open()) {
      Edge.converge(driver, edge.with(0));
      Files.writeString(
          file,
          Files.readString(file)
              .replace("keepalive 8;", "keepalive 16; # more\n  server 127.0.0.1:10;")
              .concat("# the end, without a line end"));
      Plan plan = driver.plan(edge.with(0), Edge.observe(driver));
      assertThat(plan.changes()).hasSize(1);
      Edge.converge(driver, edge.with(0, 1));
    }
    assertThat(file)
        .hasContent(
            """
            upstream web {
              keepalive 16; # more
              server %s;
              server %s;
            }
            # the end, without a line end\
            """
                .formatted(edge.backends.endpoint(0), edge.backends.endpoint(1)));
  }

  @Test
  void a_mistake_of_the_users_in_the_same_file_is_theirs() throws Exception {
    try (ProxyDriver driver = edge.open()) {
      Edge.converge(driver, edge.with(0));
      Files.writeString(file, Files.readString(file) + "mistake on;\n");
      assertThat(Edge.round(driver, edge.with(1)))
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> {
                assertThat(rejected.foreign()).isTrue();
                assertThat(rejected.place()).contains(file + ":5");
              });
      assertThat(file).content().endsWith("mistake on;\n");
    }
  }

  @Test
  void a_second_weir_is_refused_also_by_another_way() throws Exception {
    try (ProxyDriver first = edge.open()) {
      assertThat(first).isNotNull();
      NginxOptions o = edge.nginx.options();
      NginxOptions other =
          new NginxOptions(
              link,
              o.stream(),
              List.of(),
              o.template(),
              o.config(),
              o.binary(),
              o.pid(),
              o.confirm(),
              o.update(),
              o.reload());
      assertThatThrownBy(() -> edge.open(other, Access.OWN, NginxSurroundings.NONE))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("another Weir keeps this file");
    }
  }

  @Test
  void bytes_of_another_character_set_survive() throws Exception {
    byte[] comment = "# Gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1);
    byte[] former = Files.readAllBytes(file);
    Files.write(file, comment);
    Files.write(file, former, StandardOpenOption.APPEND);
    try (ProxyDriver driver = edge.open()) {
      Edge.converge(driver, edge.with(1));
    }
    assertThat(Files.readAllBytes(file)).startsWith(comment);
    assertThat(edge.nginx.upstreams).content().doesNotContain("upstream web");
  }

  @Test
  void while_a_file_is_away_or_half_written_nothing_is_done_and_it_is_named() throws Exception {
    String whole = Files.readString(file);
    String own = Files.readString(edge.nginx.upstreams);
    try (ProxyDriver driver = edge.open()) {
      Files.writeString(file, whole.substring(0, whole.length() - 3));
      assertThat(Edge.round(driver, edge.with(1)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).startsWith(file + ":1:1: "));
      Files.delete(file);
      assertThat(Edge.round(driver, edge.with(1)))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.reason()).startsWith(file + " cannot be read"));
      assertThat(edge.nginx.upstreams).hasContent(own);
      Files.writeString(file, whole);
      Edge.converge(driver, edge.with(1));
    }
  }
}

package dev.weir.driver.nginx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.spi.Finding;
import dev.weir.spi.ProxyDriver;
import dev.weir.spi.ProxyDriverType.Access;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole nginx.conf from a template, where it is wrong or changes. */
@RequiresServer(Server.NGINX)
@Timeout(60)
class NginxTemplateTest {

  private static final String TEMPLATE =
      """
      user root; worker_processes 2;
      worker_shutdown_timeout 1s;
      pid @PID@;
      error_log @LOG@;
      events {}
      http {
        access_log off;
        upstream web {
          {{- range .pool.web.ready}}
          server {{.address}};
          {{- else}}
          server {{.pool.web.substitute}};
          {{- end}}
        }
        {{.weir}}
      }
      """;

  private static Path template(Edge edge, String text) throws IOException {
    Path file = edge.nginx.folder.resolve("nginx.conf.tmpl");
    edge.nginx.template = Optional.of(file);
    Files.writeString(
        file,
        text.replace("@PID@", edge.nginx.pid.toString())
            .replace("@LOG@", edge.nginx.folder.resolve("error.log").toString()));
    return file;
  }

  @Test
  void a_refusal_names_the_line_of_the_file_and_that_of_the_template() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      Path file = template(edge, TEMPLATE);
      edge.startWith(0, 1);
      String good = Files.readString(edge.nginx.config);
      try (ProxyDriver driver = edge.open()) {
        template(edge, TEMPLATE.replace("{{.address}};", "{{.address}} wieght=2;"));
        String place = edge.nginx.config + ":9";
        assertThat(Edge.round(driver, edge.with(0, 1)))
            .isEqualTo(
                new Outcome.Rejected(
                    "invalid parameter \"wieght=2\" in %s (%s:10 writes that line: server %s wieght=2;)"
                        .formatted(place, file, edge.backends.endpoint(0)),
                    Optional.of(place),
                    false));
        assertThat(edge.nginx.config).hasContent(good);
        assertThat(Edge.observe(driver).loaded()).isPresent();
      }
    }
  }

  @Test
  void a_broken_template_leaves_what_runs_and_says_where() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      Path file = template(edge, TEMPLATE);
      edge.startWith(0);
      String good = Files.readString(edge.nginx.config);
      try (ProxyDriver driver = edge.open()) {
        String whole = driver.configurationStamp();
        template(edge, TEMPLATE.replace("{{.address}}", "{{.adress}}"));
        assertThat(driver.configurationStamp()).isNotEqualTo(whole);
        assertThat(Edge.round(driver, edge.with(0, 1)))
            .isInstanceOfSatisfying(
                Outcome.Rejected.class,
                rejected -> {
                  assertThat(rejected.foreign()).isTrue();
                  assertThat(rejected.message())
                      .startsWith(file + ":10:14: ")
                      .contains("can't evaluate field adress")
                      .endsWith("    server {{.adress}};\n             ^");
                });
        assertThat(edge.nginx.config).hasContent(good);
        Files.delete(file);
        assertThat(Edge.round(driver, edge.with(0)))
            .isEqualTo(
                new Outcome.Rejected(
                    file + " cannot be read (expected: a template in UTF-8)",
                    Optional.empty(),
                    true));
        template(edge, TEMPLATE);
        Edge.converge(driver, edge.with(0, 1));
      }
    }
  }

  @Test
  void an_edited_template_is_a_reload_where_it_writes_something_else() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      template(edge, TEMPLATE);
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        assertThat(driver.followsItsConfiguration()).isTrue();
        template(edge, "{{/* only a comment */ -}}\n" + TEMPLATE);
        assertThat(driver.plan(edge.with(0), Edge.observe(driver))).isInstanceOf(Plan.InSync.class);
        template(edge, TEMPLATE.replace("access_log off;", "access_log off; sendfile on;"));
        Plan plan = driver.plan(edge.with(0), Edge.observe(driver));
        assertThat(plan).isInstanceOf(Plan.Reload.class);
        assertThat(plan.changes()).isEmpty();
        assertThat(driver.apply(plan)).isInstanceOf(Outcome.Applied.class);
        assertThat(edge.nginx.config).content().contains("sendfile on;");
      }
    }
  }

  @Test
  void a_refusal_of_an_included_file_is_told_as_it_is() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      Path included = edge.nginx.folder.resolve("more.inc");
      Files.writeString(included, "server_tokens off;\n");
      template(edge, TEMPLATE.replace("access_log off;", "access_log off; include more.inc;"));
      edge.startWith(0);
      try (ProxyDriver driver = edge.open()) {
        String before = driver.configurationStamp();
        Files.writeString(included, "no_such_directive;\n");
        assertThat(driver.configurationStamp()).isNotEqualTo(before);
        assertThat(Edge.round(driver, edge.with(1)))
            .isEqualTo(
                new Outcome.Rejected(
                    "unknown directive \"no_such_directive\" in " + included + ":1",
                    Optional.of(included + ":1"),
                    true));
      }
    }
  }

  @Test
  void the_check_tries_the_template() throws Exception {
    try (Edge edge = new Edge(new RealNginx("web"))) {
      Path file = template(edge, TEMPLATE);
      edge.startWith(0);
      assertThat(findings(edge))
          .contains(Finding.ok(file + " renders"))
          .noneMatch(finding -> finding.severity() != Finding.Severity.OK);
      template(edge, TEMPLATE.replace(".ready", ".members"));
      assertThat(findings(edge))
          .anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.WARNING);
            assertThat(finding.message()).contains("makes the same of members that are ready");
          });
      template(edge, TEMPLATE.replace("{{.weir}}", ""));
      assertThat(findings(edge))
          .anySatisfy(finding -> {
            assertThat(finding.severity()).isEqualTo(Finding.Severity.ERROR);
            assertThat(finding.message())
                .contains(
                    "does not place weir (expected: {{ .weir }} on a line of its own inside http { }");
          });
      template(edge, TEMPLATE.replace("substitute", "substitut"));
      assertThat(findings(edge).getFirst().message()).contains("can't evaluate field substitut");
    }
  }

  private static List<Finding> findings(Edge edge) throws Exception {
    try (ProxyDriver driver =
        edge.open(edge.nginx.options(), Access.LOOK, NginxSurroundings.NONE)) {
      return driver.inspect();
    }
  }
}

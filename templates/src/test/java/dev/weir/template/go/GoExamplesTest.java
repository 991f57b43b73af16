package dev.weir.template.go;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.template.Limits;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.Values;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example templates, rendered and loaded by the programs that they are for. */
class GoExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final long CHECK_SECONDS = 30;

  @TempDir Path folder;

  @Test
  @RequiresServer(Server.HAPROXY)
  void haproxyTakesAWholeConfiguration()
      throws IOException, TemplateException, InterruptedException {
    Path file = rendered("haproxy.cfg");

    assertThat(Files.readAllLines(file))
        .contains(
            "    server web1 10.0.0.1:8080 weight 10 check inter 2s",
            "    server web2 10.0.0.2:8080 weight 0 check inter 2s",
            "    server spare 10.0.0.9:8080 weight 1 check inter 2s backup",
            "    server api1 10.0.1.1:9000 weight 1 check inter 2s disabled",
            "    http-request return status 503");
    accepted(List.of(Server.HAPROXY.path().toString(), "-c", "-f", file.toString()));
  }

  @Test
  @RequiresServer(Server.HAPROXY)
  void haproxyTakesTwoBackendsByLabel()
      throws IOException, TemplateException, InterruptedException {
    Path file = rendered("haproxy-canary.cfg");

    String canary = Files.readString(file).split("\nbackend canary\n")[1];
    assertThat(canary).contains("server web2").doesNotContain("web1", "spare");
    accepted(List.of(Server.HAPROXY.path().toString(), "-c", "-f", file.toString()));
  }

  @Test
  @RequiresServer(Server.NGINX)
  void nginxTakesAWholeConfiguration() throws IOException, TemplateException, InterruptedException {
    Path file = rendered("nginx.conf");

    assertThat(Files.readString(file))
        .contains(
            "server 10.0.0.2:8080 weight=5 down;  # web2 version=\"2\" zone=\"b\"\n", "return 503;")
        .doesNotContain("upstream empty");
    accepted(
        List.of(
            Server.NGINX.path().toString(),
            "-t",
            "-c",
            file.toString(),
            "-g",
            "pid " + folder.resolve("nginx.pid") + "; error_log stderr;"));
  }

  private Path rendered(String name) throws IOException, TemplateException {
    Object data =
        GoCase.JSON.readValue(Files.readString(EXAMPLES.resolve("pools.json")), Object.class);
    String text = Files.readString(EXAMPLES.resolve(name + ".tmpl"));
    Text rendered =
        GoTemplate.parse(Source.of(name, text), GoOptions.DEFAULT)
            .render(Values.of(data), Limits.DEFAULT);
    return Files.write(folder.resolve(name), rendered.toBytes());
  }

  private void accepted(List<String> command) throws IOException, InterruptedException {
    Path said = folder.resolve("said");
    Process check =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    boolean ended = check.waitFor(CHECK_SECONDS, TimeUnit.SECONDS);
    check.destroyForcibly();

    assertThat(ended).describedAs("%s ends", command).isTrue();
    assertThat(check.exitValue()).describedAs(Files.readString(said, UTF_8)).isZero();
  }
}

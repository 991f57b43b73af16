package dev.weir.template;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.template.go.GoOptions;
import dev.weir.template.go.GoTemplate;
import dev.weir.template.go.MissingKey;
import dev.weir.template.jinja.JinjaOptions;
import dev.weir.template.jinja.JinjaTemplate;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The example templates with the example data, loaded by the programs that they are for. That Weir
 * keeps proxies in step through them, the drivers' tests show.
 */
class ExamplesTest {
  private static final Path EXAMPLES = Path.of("examples");
  private static final long CHECK_SECONDS = 30;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {".tmpl", ".j2"})
  @RequiresServer(Server.HAPROXY)
  void haproxyTakesAWholeConfiguration(String ending)
      throws IOException, TemplateException, InterruptedException {
    Path file = rendered("haproxy.cfg", ending);

    assertThat(Files.readAllLines(file))
        .contains(
            "    server web1 10.0.0.1:8080 weight 10 check inter 2s",
            "    server web2 10.0.0.2:8080 weight 5 check inter 2s disabled",
            "    server spare 10.0.0.9:8080 weight 1 check inter 2s backup",
            "    server api1 10.0.1.1:9000 weight 1 check inter 2s disabled",
            "    server substitute 127.7.5.3:7781 backup",
            "    use_backend web if { hdr_beg(host) -i web. }",
            "    default_backend api");
    accepted(List.of(Server.HAPROXY.path().toString(), "-c", "-f", file.toString()));
  }

  @Test
  @RequiresServer(Server.HAPROXY)
  void haproxyTakesTwoBackendsByLabel()
      throws IOException, TemplateException, InterruptedException {
    Path file = rendered("haproxy-canary.cfg", ".tmpl");

    String canary = Files.readString(file).split("\nbackend canary\n")[1];
    assertThat(canary)
        .contains("server web2 10.0.0.2:8080 weight 5 check disabled")
        .doesNotContain("web1", "spare");
    accepted(List.of(Server.HAPROXY.path().toString(), "-c", "-f", file.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {".tmpl", ".j2"})
  @RequiresServer(Server.NGINX)
  void nginxTakesAWholeConfiguration(String ending)
      throws IOException, TemplateException, InterruptedException {
    Path file = rendered("nginx.conf", ending);

    assertThat(Files.readAllLines(file))
        .contains(
            "        server 10.0.0.1:8080 weight=10;  # web1 version=\"1\" zone=\"a\"",
            "        server 10.0.0.9:8080 weight=1 backup;  # spare zone=\"a\"",
            "        server 127.7.5.3:7781;")
        .noneMatch(line -> line.contains("web2"));
    Files.writeString(file, Files.readString(file).replace("/run/nginx.pid", folder + "/pid"));
    accepted(
        List.of(
            Server.NGINX.path().toString(),
            "-t",
            "-c",
            file.toString(),
            "-g",
            "error_log stderr;"));
  }

  @Test
  void bothLanguagesWriteTheSame() throws IOException, TemplateException {
    for (String name : List.of("haproxy.cfg", "nginx.conf")) {
      assertThat(lines(rendered(name, ".j2"))).isEqualTo(lines(rendered(name, ".tmpl")));
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList();
  }

  private Path rendered(String name, String ending) throws IOException, TemplateException {
    Object data =
        JsonMapper.shared()
            .readValue(Files.readString(EXAMPLES.resolve("pools.json")), Object.class);
    Source source = Source.of(name, Files.readString(EXAMPLES.resolve(name + ending)));
    Text rendered = parse(source, ending).render(Values.of(data), Limits.DEFAULT);
    return Files.write(folder.resolve(name + ending + ".rendered"), rendered.toBytes());
  }

  private static Template parse(Source source, String ending) throws TemplateException {
    return ending.equals(".tmpl")
        ? GoTemplate.parse(source, new GoOptions(Functions.NONE, MissingKey.ZERO))
        : JinjaTemplate.parse(
            source, JinjaOptions.DEFAULT.withUndefined(JinjaOptions.Undefined.STRICT));
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

package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void the_proposal_and_what_to_look_at_come_apart() throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"), "http { upstream a { server 10.0.0.1 down; } }");
    assertThat(weir("import", "nginx", "nginx.conf")).isZero();
    assertThat(out.toString()).contains("  a:\n", "- '10.0.0.1:80'");
    assertThat(err.toString()).contains("nginx.conf:1: 10.0.0.1 is down").doesNotContain("static");
  }

  @Test
  void without_the_file_it_fails_and_without_a_kind_it_is_misused() {
    assertThat(weir("import", "nginx", "none")).isEqualTo(1);
    assertThat(err.toString()).contains("none cannot be read");
    assertThat(weir("import")).isEqualTo(2);
    assertThat(err.toString()).contains("Import what?");
  }

  @Test
  void of_a_file_that_is_no_configuration_only_its_problem_is_printed() throws IOException {
    Files.writeString(
        folder.resolve("nginx.conf"), "http { include broken; upstream a { server 10.0.0.1; } }");
    Files.writeString(folder.resolve("broken"), "upstream b {\n");
    assertThat(weir("import", "nginx", "nginx.conf")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo(folder.resolve("broken") + ":1:1: 'upstream' { has no end (expected: its })\n");
  }

  @Test
  void several_files_of_haproxy_are_one_configuration() throws IOException {
    Files.writeString(folder.resolve("a.cfg"), "global\n");
    Files.writeString(folder.resolve("b.cfg"), "backend b\n  server s 10.0.0.1:80\n");
    assertThat(weir("import", "haproxy", "a.cfg", "b.cfg")).isZero();
    assertThat(out.toString()).contains("  b:\n", "{ address: '10.0.0.1:80', name: s }");
    assertThat(err.toString()).contains("write 'stats socket");
    assertThat(weir("import", "haproxy")).isEqualTo(2);
  }

  private int weir(String... arguments) {
    Shell shell =
        new Shell(Map.of(), folder, Terminal.NONE, new PrintWriter(out), new PrintWriter(err));
    int code = Cli.of(new Unused(), shell).execute(arguments);
    shell.out().flush();
    shell.err().flush();
    return code;
  }
}

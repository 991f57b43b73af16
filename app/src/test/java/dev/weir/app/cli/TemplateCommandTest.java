package dev.weir.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void aTemplateOfEitherLanguageIsRenderedWithDataOfEitherKind() throws IOException {
    write("go.tmpl", "{{range .members}}server {{.name}} {{.port}}\n{{end}}");
    write("py.j2", "{% for m in members %}server {{ m.name }} {{ m.port }}\n{% endfor %}");
    write("data.json", "{\"members\": [{\"name\": \"a\", \"port\": 80}]}");
    write("data.yaml", "members:\n  - name: b\n    port: 81\n");
    assertThat(weir("go.tmpl", "--data", "data.json")).isZero();
    assertThat(weir("go.tmpl", "--data", "data.yaml")).isZero();
    assertThat(weir("py.j2", "--data", "data.json")).isZero();
    assertThat(weir("py.j2", "--data", "data.yaml")).isZero();
    assertThat(out.toString()).isEqualTo("server a 80\nserver b 81\nserver a 80\nserver b 81\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void anErrorShowsFileLineColumnAndACaret() throws IOException {
    write("a.j2", "ok\n\t{{ x.y.z }}\n");
    write("a.tmpl", "ok\n{{ nosuch }}\n");
    assertThat(weir("a.j2")).isEqualTo(1);
    assertThat(err.toString()).contains("a.j2:2:6: 'x' is undefined\n\t{{ x.y.z }}\n\t    ^\n");
    assertThat(weir("a.tmpl")).isEqualTo(2);
    assertThat(err.toString())
        .contains("a.tmpl:2:", "function \"nosuch\" not defined\n{{ nosuch }}\n");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aTemplateThatFailsHalfwayPrintsNothing() throws IOException {
    write("a.j2", "half {{ 1 / 0 }}");
    assertThat(weir("a.j2")).isEqualTo(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void strictlyANameThatLeadsToNothingIsAnError() throws IOException {
    write("a.j2", "[{{ nosuch }}]");
    write("a.tmpl", "[{{ .nosuch }}]");
    assertThat(weir("a.j2")).isZero();
    assertThat(weir("a.tmpl")).isZero();
    assertThat(out.toString()).isEqualTo("[][<no value>]");
    assertThat(weir("a.j2", "--strict")).isEqualTo(1);
    assertThat(weir("a.tmpl", "--strict")).isEqualTo(1);
    assertThat(err.toString()).contains("'nosuch' is undefined", "no entry for key \"nosuch\"");
  }

  @Test
  void dataThatAreNoneAreNamedWithTheirPlace() throws IOException {
    write("a.j2", "{{ 1 }}");
    write("bad.json", "{\"a\": [1, }");
    write("list.yaml", "- 1\n");
    assertThat(weir("a.j2", "--data", "bad.json")).isEqualTo(2);
    assertThat(err.toString()).contains("bad.json:1:");
    assertThat(weir("a.j2", "--data", "list.yaml")).isEqualTo(1);
    assertThat(err.toString()).contains("the data are no map");
    assertThat(weir("a.j2", "--data", "none.yaml")).isEqualTo(1);
    assertThat(err.toString()).contains("none.yaml cannot be read");
  }

  @Test
  void aLanguageThatIsNotKnownIsMisuse() throws IOException {
    write("a.txt", "x");
    assertThat(weir("a.txt")).isEqualTo(2);
    assertThat(err.toString()).contains("a.txt: unknown language (expected: .tmpl");
    assertThat(weir("none.j2")).isEqualTo(1);
    assertThat(err.toString()).contains("none.j2 cannot be read");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private int weir(String... arguments) {
    Shell shell =
        new Shell(Map.of(), folder, Terminal.NONE, new PrintWriter(out), new PrintWriter(err));
    String[] all =
        Stream.concat(Stream.of("template"), Stream.of(arguments)).toArray(String[]::new);
    int code = Cli.of(new Unused(), shell).execute(all);
    shell.out().flush();
    shell.err().flush();
    return code;
  }
}

package dev.weir.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.template.go.GoOptions;
import dev.weir.template.go.GoTemplate;
import dev.weir.template.jinja.JinjaTemplate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrailTest {
  private static final Value DATA =
      Values.of(Map.of("items", List.of("a", "b"), "lines", "x\ny\n", "word", "h\u00e9"));

  @Test
  void goTellsTheLineOfTheTemplateForEachLineOfItsOutput() throws TemplateException {
    Execution run =
        go(
            """
            first h\u00e9 {{- /* a comment
            of two lines */}}
            {{- range .items}}
              item {{.}}
            {{- end}}

            {{.lines -}}
            last {{define "inner"}}in
            ner{{end}}{{template "inner"}}
            """);

    assertThat(run.written().toString())
        .isEqualTo("first h\u00e9\n  item a\n  item b\n\nx\ny\nlast in\nner\n");
    assertThat(lines(run))
        .containsExactly(
            "1 first h\u00e9",
            "4+   item a",
            "4+   item b",
            "6 ",
            "7+ x",
            "7+ y",
            "8 last in",
            "9 ner");
  }

  @Test
  void jinjaTellsTheLineOfTheTemplateForEachLineOfItsOutput() throws TemplateException {
    Execution run =
        jinja(
            """
            {% macro server(name) %}server {{ name }}
            {% endmacro -%}
            first h\u00e9 {# a comment
            of two lines #}{{ word }}
            {%- for i in items %}
              item {{ i }}
            {%- endfor %}

            {{ lines -}}
            {% for i in items -%}
              {{ server(i) -}}
            {% endfor -%}
            {% filter upper %}last
            of all{% endfilter %}
            """);

    assertThat(run.written().toString())
        .isEqualTo(
            "first h\u00e9 h\u00e9\n  item a\n  item b\n\nx\ny\nserver a\nserver b\nLAST\nOF ALL");
    assertThat(lines(run))
        .containsExactly(
            "3+ first h\u00e9 h\u00e9",
            "6+   item a",
            "6+   item b",
            "8 ",
            "9+ x",
            "9+ y",
            "11+ server a",
            "11+ server b",
            "13+ LAST",
            "13+ OF ALL");
  }

  @Test
  void knowsNoLineBeyondTheLast() throws TemplateException {
    Trail trail = go("one\n").trail();

    assertThat(trail.line(1)).isPresent();
    assertThat(trail.line(2)).isEmpty();
    assertThat(trail.line(0)).isEmpty();
    assertThat(go("").trail().line(1)).isEmpty();
  }

  @Test
  void namesTheTemplateOfASetThatWrote() throws TemplateException {
    GoTemplate set =
        GoTemplate.parse(
            List.of(
                Source.of("main", "a\n{{template \"other\"}}"), Source.of("other", "\n\nb {{1}}")),
            GoOptions.DEFAULT);
    Execution run = new Execution(Limits.DEFAULT, Execution.Memory.TRAIL);
    set.render(DATA, run);

    assertThat(run.trail().line(4)).contains(new Trail.Line("b 1", "other", 3, true));
  }

  @Test
  void onlyARunThatWasToldToRemembers() {
    assertThatThrownBy(() -> new Execution(Limits.DEFAULT).trail())
        .isInstanceOf(IllegalStateException.class);
  }

  private static Execution go(String text) throws TemplateException {
    return run(GoTemplate.parse(Source.of("t", text), GoOptions.DEFAULT));
  }

  private static Execution jinja(String text) throws TemplateException {
    return run(JinjaTemplate.parse(Source.of("t", text)));
  }

  private static Execution run(Template template) throws TemplateException {
    Execution run = new Execution(Limits.DEFAULT, Execution.Memory.TRAIL);
    template.render(DATA, run);
    return run;
  }

  /**
   * For each line of the output the line of the template, a plus where it has a value, the text.
   */
  private static List<String> lines(Execution run) {
    int count = (int) run.written().toString().lines().count();
    return IntStream.rangeClosed(1, count)
        .mapToObj(number -> run.trail().line(number).orElseThrow())
        .map(line -> line.templateLine() + (line.printed() ? "+" : "") + " " + line.text())
        .toList();
  }
}

package dev.weir.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.template.Limits;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates and data that would hang or exhaust a careless engine. */
class BadInputTest {

  private static final Limits SMALL = new Limits(1_000_000, 1 << 20, 200, Duration.ofSeconds(5));

  @ParameterizedTest(quoteTextArguments = false)
  @ValueSource(
      strings = {
        "{% set a = [1] %}{% for i in a %}{% set _ = a.append(1) %}{% endfor %}",
        "{% for i in range(1000000000000) %}{% endfor %}",
        "{% for i in range(1000000000000) %}x{% endfor %}",
        "{{ range(1000000000000)|list }}",
        "{{ range(1000000000000)|join }}",
        "{{ range(1000000000000)|sum }}",
        "{{ range(1000000000000)|map('string')|join }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 'a' * 9223372036854775807 }}",
        "{{ [1] * 1000000000 }}",
        "{{ 'a'|center(1000000000) }}",
        "{{ 'a'.ljust(1000000000) }}",
        "{{ 'a'.zfill(1000000000) }}",
        "{{ 'a\tb'.expandtabs(1000000000) }}",
        "{{ 'a\nb'|indent(1000000000) }}",
        "{{ [1]|batch(1000000000, 'x')|list }}",
        "{{ [1]|slice(1000000000)|list }}",
        "{{ lipsum(1000000000) }}",
        "{{ ('a' * 1000).replace('a', 'b' * 100000) }}",
        "{{ ('a' * 1000).join(['b'] * 100000) }}",
        "{% set ns = namespace(s='a') %}{% for i in range(60) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
        "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{% endmacro %}{{ a() }}",
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% set a = [] %}{% set _ = a.append(a) %}{{ a == [a] and a == [[a]] }}"
      })
  void whatUsesTooMuchEndsAtALimit(String template) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOfSatisfying(
            TemplateException.class,
            error -> assertThat(error.kind()).isEqualTo(TemplateException.Kind.LIMIT));
  }

  @ParameterizedTest(quoteTextArguments = false)
  @ValueSource(
      strings = {
        "{{ '%1000000000d' % 1 }}",
        "{{ '%.1000000000f' % 1 }}",
        "{{ '%*d' % (1000000000, 1) }}",
        "{{ '{:1000000000}'.format(1) }}",
        "{{ '{:.1000000000f}'.format(1.0) }}",
        "{% set a = [] %}{% set _ = a.append(a) %}{{ a }}",
        "{% set a = [] %}{% set _ = a.append(a) %}{{ a|tojson }}",
        "{% set a = [] %}{% set _ = a.append(a) %}{{ a|pprint }}",
        "{% set d = {} %}{% set _ = d.update(d=d) %}{{ d }}",
        "{{ 10.0 ** 400 }}"
      })
  void whatCannotBeDoneIsAnErrorOfItsPlace(String template) {
    assertThatThrownBy(() -> render(template))
        .isInstanceOfSatisfying(
            TemplateException.class,
            error -> assertThat(error.kind()).isEqualTo(TemplateException.Kind.EXECUTION));
  }

  @Test
  void whatIsNestedTooDeeplyIsNoTemplate() {
    for (String deep :
        List.of(
            "{{ " + "(".repeat(100_000) + " }}",
            "{{ " + "[".repeat(100_000) + " }}",
            "{{ " + "not ".repeat(100_000) + "a }}",
            "{{ " + "-".repeat(100_000) + "1 }}",
            "{{ " + "1 + ".repeat(100_000) + "1 }}",
            "{{ " + "a and ".repeat(100_000) + "1 }}",
            "{{ a" + ".b".repeat(100_000) + " }}",
            "{{ a" + "|e".repeat(100_000) + " }}",
            "{{ a" + "()".repeat(100_000) + " }}",
            "{{ " + "a if b else ".repeat(100_000) + "c }}",
            "{% if a %}".repeat(100_000))) {
      assertThatThrownBy(() -> render(deep))
          .isInstanceOfSatisfying(
              TemplateException.class,
              error -> assertThat(error.kind()).isEqualTo(TemplateException.Kind.SYNTAX));
    }
  }

  @Test
  void whatIsLongButNotDeepIsRendered() throws TemplateException {
    String list = "{{ [" + "1, ".repeat(20_000) + "]|length }}";
    String branches = "{% if x %}" + "{% elif x %}".repeat(5_000) + "{% else %}y{% endif %}";
    assertThat(render(list)).isEqualTo("20000");
    assertThat(render(branches)).isEqualTo("y");
    assertThat(render("{{ 1 }}".repeat(20_000))).hasSize(20_000);
  }

  @Test
  void aTimeLimitEndsALongRun() throws TemplateException {
    JinjaTemplate template =
        JinjaTemplate.parse(Source.of("t", "{% for i in range(1000000000) %}{% endfor %}"));
    Limits limits = Limits.DEFAULT.withTime(Duration.ofMillis(20)).withSteps(Long.MAX_VALUE);
    assertThatThrownBy(() -> template.render(Values.of(Map.of()), limits))
        .hasMessageContaining("longer than 20 ms");
  }

  @Test
  void bytesThatAreNoUtf8ComeOutAsTheyWentIn() throws TemplateException {
    byte[] bytes = {(byte) 0xff, 'a', (byte) 0xc3};
    MapValue data = MapValue.of(Map.of("x", Text.of(bytes)));
    JinjaTemplate template = JinjaTemplate.parse(Source.of("t", "{{ x }}"));
    assertThat(template.render(data, SMALL).toBytes()).isEqualTo(bytes);
  }

  @Test
  void largeDataAreWalkedThrough() throws TemplateException {
    Map<String, Object> many = new LinkedHashMap<>();
    for (int i = 0; i < 100_000; i++) {
      many.put("key" + i, i);
    }
    JinjaTemplate template =
        JinjaTemplate.parse(
            Source.of("t", "{% for k, v in d|dictsort %}{{ v if k == 'key7' }}{% endfor %}"));
    assertThat(template.render(Values.of(Map.of("d", many)), Limits.DEFAULT)).hasToString("7");
  }

  @Test
  void dataThatAreNoMapAreRefused() throws TemplateException {
    JinjaTemplate template = JinjaTemplate.parse(Source.of("t", "x"));
    assertThatThrownBy(() -> template.render(ListValue.of(List.of()), SMALL))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("the data are no map");
  }

  @Test
  void oneTemplateServesManyThreads() throws Exception {
    JinjaTemplate template =
        JinjaTemplate.parse(
            Source.of(
                "t",
                "{% set ns = namespace(n=0) %}{% macro m(i) %}{{ i * x }}{% endmacro %}"
                    + "{% for i in range(200) %}{% set ns.n = ns.n + m(i)|int %}{% endfor %}{{ ns.n }}"));
    List<Thread> threads = new ArrayList<>();
    List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    for (int n = 1; n <= 8; n++) {
      int x = n;
      threads.add(
          Thread.startVirtualThread(() -> {
            for (int i = 0; i < 20; i++) {
              String found = rendered(template, x);
              if (!found.equals(Integer.toString(19_900 * x))) {
                wrong.add(found);
              }
            }
          }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(wrong).isEmpty();
  }

  private static String rendered(JinjaTemplate template, int x) {
    try {
      return template.render(Values.of(Map.of("x", x)), Limits.DEFAULT).toString();
    } catch (TemplateException error) {
      return error.toString();
    }
  }

  @Test
  void addressesOfAnyLengthBecomeLinks() throws TemplateException {
    String page = "www." + "a.".repeat(100_000) + "com";
    String closed = "(".repeat(50_000) + "x" + ")".repeat(50_000);

    assertThat(linked(page)).startsWith("<a href=\"https://www.a.").endsWith(".com</a>");
    assertThat(linked(closed)).isEqualTo(closed);
    assertThat(linked("a@".repeat(100_000) + "b.c")).startsWith("<a href=\"mailto:a@");
  }

  private static String linked(String text) throws TemplateException {
    return JinjaTemplate.parse(Source.of("t", "{{ t|urlize }}"))
        .render(Values.of(Map.of("t", text)), Limits.DEFAULT)
        .toString();
  }

  @Test
  void aLimitIsMetAtAPlace() {
    assertThatThrownBy(() -> render("a\n{{ 1 }}{% for i in range(10000000) %}{% endfor %}"))
        .isInstanceOfSatisfying(
            TemplateException.class, error -> assertThat(error.place().line()).isEqualTo(2));
  }

  @Test
  void whatHasNoOrderIsSortedOrRefused() {
    String nan = "{% set n = 1e400 - 1e400 %}";
    String numbers = "[3, n, 2, 5, n, 1, 9, 4, n, 7] * 40";
    for (String filter : List.of("sort", "unique|list", "max", "min")) {
      assertThatCode(() -> render(nan + "{{ (" + numbers + ")|" + filter + " }}"))
          .satisfiesAnyOf(
              thrown -> assertThat(thrown).isNull(),
              thrown -> assertThat(thrown).isInstanceOf(TemplateException.class));
    }
  }

  private static String render(String template) throws TemplateException {
    return JinjaTemplate.parse(Source.of("t", template))
        .render(Values.of(Map.of()), SMALL)
        .toString();
  }
}

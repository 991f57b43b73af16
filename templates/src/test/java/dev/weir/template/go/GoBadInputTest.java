package dev.weir.template.go;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.weir.template.Execution;
import dev.weir.template.Int;
import dev.weir.template.Limits;
import dev.weir.template.MapValue;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.Values;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Templates and data that mean harm, or are broken: an answer or the error, soon. */
class GoBadInputTest {
  private static final int FUZZ_RUNS = 20_000;
  private static final String ENDLESS =
      "{{range .}}{{range $}}{{range $}}{{range $}}{{end}}{{end}}{{end}}{{end}}";
  private static final JsonNode DATA =
      GoCase.JSON.readTree("{\"map\": [\"text\", \"any\", [\"a\", {\"int\": \"1\"}]]}");
  private static final Value THOUSAND =
      Values.of(IntStream.range(0, 1_000).boxed().collect(Collectors.toList()));

  @Test
  void aLoopWithoutEndMeetsItsSteps() {
    TemplateException error = failure(ENDLESS, THOUSAND, Limits.DEFAULT.withSteps(100_000));

    assertThat(error.kind()).isEqualTo(TemplateException.Kind.LIMIT);
    assertThat(error).hasMessageEndingWith(": more than 100000 steps");
    assertThat(error.place().line()).isEqualTo(1);
  }

  @Test
  void aLoopWithoutEndMeetsItsTime() {
    assertThat(failure(ENDLESS, THOUSAND, Limits.DEFAULT.withTime(Duration.ofMillis(20))))
        .hasMessageEndingWith(": longer than 20 ms");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{define \"r\"}}{{template \"r\"}}{{end}}{{template \"r\"}}",
        "{{define \"r\"}}{{if true}}{{with 1}}{{template \"r\" (print (print 1))}}{{end}}{{end}}{{end}}"
            + "{{template \"r\"}}",
        "{{block \"a\" .}}{{template \"a\" .}}{{end}}"
      })
  void recursionWithoutEndIsAnError(String text) throws InterruptedException {
    AtomicReference<TemplateException> error = new AtomicReference<>();
    Thread.ofVirtual().start(() -> error.set(failure(text, Int.of(1), Limits.DEFAULT))).join();

    assertThat(error.get()).hasMessageEndingWith(": more than 1000 levels deep");
  }

  @Test
  void outputWithoutEndIsAnError() {
    String text = "{{range .}}{{range $}}{{printf \"%1000000d\" 1}}{{end}}{{end}}";

    assertThat(failure(text, THOUSAND, Limits.DEFAULT.withOutput(10_000_000)))
        .hasMessageMatching(
            ".*: (more than 10000000 bytes of output|values of more than 10 times .*)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{$x := \"aaaa\"}}{{range .}}{{$x = print $x $x}}{{end}}",
        "{{$x := \"aaaa\"}}{{range .}}{{$x = printf \"%s%s\" $x $x}}{{end}}",
        "{{$x := \"<<<<\"}}{{range .}}{{$x = html $x}}{{$x = js $x}}{{end}}",
        "{{$x := \"    \"}}{{range .}}{{$x = urlquery $x}}{{$x = printf \"%q%q\" $x $x}}{{end}}"
      })
  void aValueThatGrowsWithoutEndIsAnError(String text) {
    assertThat(failure(text, THOUSAND, Limits.DEFAULT.withOutput(1_000_000)))
        .hasMessageContaining("of more than");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{.getClass}}",
        "{{.text.getClass.getName}}",
        "{{.list.getClass}}",
        "{{(.number).getClass}}",
        "{{.text.toString}}",
        "{{.list.size}}",
        "{{.class}}"
      })
  void nothingOfJavaIsReached(String text) throws TemplateException {
    Value data = Values.of(Map.of("text", "a", "number", 1, "list", List.of(1)));
    GoTemplate template = parse(text);
    if (text.equals("{{.getClass}}") || text.equals("{{.class}}")) {
      assertThat(template.render(data, Limits.DEFAULT)).hasToString("<no value>");
    } else {
      assertThatThrownBy(() -> template.render(data, Limits.DEFAULT))
          .isInstanceOf(TemplateException.class)
          .hasMessageContaining("can't evaluate field");
    }
  }

  @Test
  void theLargestAndSmallestIntegersPrint() throws TemplateException {
    Value data = Values.of(Map.of("min", Long.MIN_VALUE, "max", Long.MAX_VALUE));
    String text = "{{.min}} {{.max}} {{printf \"%x %b\" .min .max}} {{lt .min .max}}";

    assertThat(parse(text).render(data, Limits.DEFAULT))
        .hasToString(
            Long.MIN_VALUE
                + " "
                + Long.MAX_VALUE
                + " -8000000000000000 "
                + "1".repeat(63)
                + " true");
  }

  @Test
  void bytesThatAreNoTextComeThrough() throws TemplateException {
    byte[] text = {(byte) 0xFF, '{', '{', '.', '}', '}', (byte) 0xC3};
    GoTemplate template = GoTemplate.parse(new Source("t", Text.of(text)), GoOptions.DEFAULT);

    assertThat(template.render(Text.of(new byte[] {(byte) 0xA9}), Limits.DEFAULT).toBytes())
        .containsExactly(0xFF, 0xA9, 0xC3);
  }

  @Test
  void anErrorBehindBytesThatAreNoTextHasItsPlace() {
    byte[] text = {(byte) 0xFF, '\n', (byte) 0xC3, '{', '{', 'l', 'e', 'n', ' ', '1', '}', '}'};

    assertThatThrownBy(() ->
            GoTemplate.parse(new Source("t", Text.of(text)), GoOptions.DEFAULT)
                .render(Int.of(1), Limits.DEFAULT))
        .hasMessage(
            "template: t:2:3: executing \"t\" at <len 1>: error calling len: len of type int");
  }

  @Test
  void aHundredThousandKeysAreWalkedInOrder() throws TemplateException {
    Map<String, Int> entries = new HashMap<>();
    for (int key = 0; key < 100_000; key++) {
      entries.put("k%06d".formatted(key), Int.of(key));
    }
    Text text =
        parse("{{range $k, $v := .}}{{$k}}={{$v}}\n{{end}}")
            .render(MapValue.of(entries), Limits.DEFAULT);

    List<String> lines = text.toString().lines().toList();
    assertThat(lines).hasSize(100_000).isSorted();
    assertThat(lines.getLast()).isEqualTo("k099999=99999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{{(", "{{if true}}", "{{range .}}", "{{block \"a\" .}}", "{{else if 1}}"})
  void whatIsNestedWithoutEndIsAnError(String opening) {
    String text = (opening.contains("else") ? "{{if 1}}" : "") + opening.repeat(100_000);

    assertThatThrownBy(() -> parse(text)).isInstanceOf(TemplateException.class);
  }

  @Test
  void whatIsLongButNotDeepIsNoProblem() throws TemplateException {
    String pipeline = "{{1" + " | print".repeat(50_000) + "}}";
    String chain = "{{.x" + ".y".repeat(50_000) + "}}";
    String words = "{{print" + " 1".repeat(50_000) + " | len}}";

    assertThat(parse(pipeline + chain + words).render(MapValue.of(Map.of()), Limits.DEFAULT))
        .hasToString("1<no value>99999");
  }

  @Test
  void anyBytesEndInAResultOrTheError() {
    SplittableRandom random = new SplittableRandom(4_711);
    byte[] alphabet =
        Text.of("{{{}}}}-- \n\t/**/\"`'\\.$:=|(),0123abefxi+_rangeifendwithelse\u00e9").toBytes();
    for (int run = 0; run < FUZZ_RUNS; run++) {
      byte[] text = new byte[random.nextInt(60)];
      for (int index = 0; index < text.length; index++) {
        text[index] =
            random.nextInt(20) == 0
                ? (byte) random.nextInt(256)
                : alphabet[random.nextInt(alphabet.length)];
      }
      endsWell(new GoCase("bytes", List.of(new Source("t", Text.of(text))), DATA, "default"));
    }
  }

  @Test
  void randomTemplatesEndInAResultOrTheError() {
    for (long seed = 0; seed < 2_000; seed++) {
      endsWell(RandomTemplates.of(seed));
    }
  }

  private static void endsWell(GoCase asked) {
    assertThatCode(asked::run).describedAs("%s", asked).doesNotThrowAnyException();
  }

  private static GoTemplate parse(String text) throws TemplateException {
    return GoTemplate.parse(Source.of("t", text), GoOptions.DEFAULT);
  }

  private static TemplateException failure(String text, Value data, Limits limits) {
    TemplateException error =
        catchThrowableOfType(
            TemplateException.class, () -> parse(text).render(data, new Execution(limits)));
    assertThat(error).describedAs("an error of %s", text).isNotNull();
    return error;
  }
}

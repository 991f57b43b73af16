package dev.weir.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the language, case by case, here and in the real engine. */
class ConformanceTest {

  private static final List<String> FILES =
      List.of(
          "lexing",
          "syntax",
          "expressions",
          "texts",
          "containers",
          "formatting",
          "statements",
          "loops",
          "macros",
          "filters",
          "links",
          "tests",
          "undefined",
          "errors",
          "deviations");

  static Stream<Case> cases() {
    return FILES.stream().flatMap(file -> Case.read(file).stream());
  }

  @ParameterizedTest(name = "{0}", quoteTextArguments = false)
  @MethodSource("cases")
  void aCaseGivesWhatTheRulesSay(Case one) {
    Answer found = Answer.ofWeir(one.question());
    switch (one.expected()) {
      case Answer.Output output -> assertThat(found).isEqualTo(output);
      case Answer.Mistake expected -> {
        assertThat(found).isInstanceOf(Answer.Mistake.class);
        Answer.Mistake mistake = (Answer.Mistake) found;
        assertThat(mistake.message()).contains(expected.message());
        assertThat(mistake.line() + ":" + mistake.column())
            .as(mistake.message())
            .isEqualTo(expected.line() + ":" + expected.column());
      }
    }
  }

  @Test
  @RequiresServer(Server.PYTHON_JINJA)
  void theRealEngineSaysTheSame(@TempDir Path folder) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    try (Oracle oracle = Oracle.start(folder)) {
      for (Case one : cases().filter(Case::real).toList()) {
        Answer real = oracle.ask(one.question());
        if (one.expected() instanceof Answer.Mistake expected) {
          softly
              .assertThat(real)
              .as(one.name())
              .isInstanceOfSatisfying(
                  Answer.Mistake.class,
                  mistake ->
                      softly.assertThat(mistake.line()).as(one.name()).isEqualTo(expected.line()));
        } else {
          softly.assertThat(real).as(one.name()).isEqualTo(one.expected());
        }
      }
    }
    softly.assertAll();
  }

  @Test
  void thereAreEnoughCases() {
    assertThat(cases()).hasSizeGreaterThan(500);
  }
}

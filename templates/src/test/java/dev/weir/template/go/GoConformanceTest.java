package dev.weir.template.go;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case: output, error text and place as Go 1.19 has them. */
class GoConformanceTest {
  static final List<String> GROUPS =
      List.of("lexing", "parsing", "execution", "formatting", "builtins", "sets");

  static Stream<GoCase.Expected> cases() {
    return GROUPS.stream().flatMap(group -> GoCase.read(group).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isAsGoHasIt(GoCase.Expected expected) {
    GoCase.Result result = expected.asked().run();

    assertThat(result).describedAs("%s", expected.asked().files()).isEqualTo(expected.result());
  }

  @Test
  void thereAreAtLeast700Cases() {
    assertThat(cases().count()).isGreaterThanOrEqualTo(700);
  }
}

package dev.weir.template.go;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the cases expect is what the real engine says. */
@RequiresServer(Server.GO)
class GoOracleTest {
  private static @Nullable GoOracle oracle;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    oracle = GoOracle.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (oracle != null) {
      oracle.close();
    }
  }

  static Stream<GoCase.Expected> cases() {
    return GoConformanceTest.cases();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void confirms(GoCase.Expected expected) {
    assertThat(oracle).isNotNull();
    assertThat(oracle.ask(expected.asked())).isEqualTo(expected.result());
  }
}

package dev.weir.template.go;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random templates through both engines: same output, same error text, same place. {@code
 * -Dweir.templates.cases=10000} makes the run longer, {@code -Dweir.templates.seed=1} begins
 * elsewhere.
 */
@RequiresServer(Server.GO)
class GoDifferentialTest {
  private static final int CASES = Integer.getInteger("weir.templates.cases", 1_000);
  private static final long SEED = Long.getLong("weir.templates.seed", 20_261_120L);

  /** Sets variables by name, as Go does from 1.20 on; see the module's README. */
  private static final Pattern DEVIATES =
      Pattern.compile("range\\s+\\$\\w*\\s*(,\\s*\\$\\w*\\s*)?=");

  @Test
  void randomTemplatesAreAsGoHasThem() throws IOException, InterruptedException {
    List<String> differences = new ArrayList<>();
    int rendered = 0;
    try (GoOracle oracle = GoOracle.start()) {
      for (long seed = SEED; seed < SEED + CASES; seed++) {
        GoCase asked = RandomTemplates.of(seed);
        if (DEVIATES.matcher(asked.files().getFirst().text().toString()).find()) {
          continue;
        }
        GoCase.Result ours = asked.run();
        GoCase.Result theirs = oracle.ask(asked);
        if (theirs.error() == null) {
          rendered++;
        }
        if (!same(ours, theirs)) {
          differences.add("%s\n  Go: %s\n  us: %s".formatted(asked, theirs, ours));
        }
      }
    }
    assertThat(differences).describedAs("of %s cases from seed %s", CASES, SEED).isEmpty();
    assertThat(rendered).describedAs("cases that end well").isGreaterThan(CASES / 10);
  }

  private static boolean same(GoCase.Result ours, GoCase.Result theirs) {
    return ours.output().equals(theirs.output()) && text(ours.error()).equals(text(theirs.error()));
  }

  /** An error's text; bytes that are no UTF-8 are shown as such by our engine. */
  private static String text(@Nullable Object error) {
    return error == null ? "" : error.toString();
  }
}

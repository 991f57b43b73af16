package dev.weir.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random templates in both engines: the same output, or an error at the same line. As many as
 * {@code -Dweir.differential=10000} says, from the seed {@code -Dweir.seed=1} on.
 */
@RequiresServer(Server.PYTHON_JINJA)
class DifferentialTest {

  private static final int CASES = Integer.getInteger("weir.differential", 400);
  private static final long SEED = Long.getLong("weir.seed", 1);

  @Test
  @Timeout(1800)
  void randomTemplatesGiveTheSame(@TempDir Path folder) throws IOException {
    List<String> differences = new ArrayList<>();
    int outputs = 0;
    try (Oracle oracle = Oracle.start(folder)) {
      for (long seed = SEED; seed < SEED + CASES; seed++) {
        Question question = Questions.of(seed);
        Answer ours = Answer.ofWeir(question);
        Answer real = oracle.ask(question);
        outputs += real instanceof Answer.Output ? 1 : 0;
        if (!(same(ours, real) || isExplained(ours, real))) {
          differences.add(
              "seed %d: %s%n  ours %s%n  real %s".formatted(seed, question, ours, real));
        }
      }
    }
    assertThat(differences).isEmpty();
    assertThat(outputs).as("templates that render").isGreaterThan(CASES / 3);
  }

  private static boolean same(Answer ours, Answer real) {
    if (ours instanceof Answer.Mistake mine && real instanceof Answer.Mistake theirs) {
      return mine.line() == theirs.line() && mine.stage().equals(theirs.stage());
    }
    return ours.equals(real);
  }

  /** The deviations of the README that random templates meet. */
  private static boolean isExplained(Answer ours, Answer real) {
    boolean address = real instanceof Answer.Output output && output.text().contains(" at 0x");
    boolean stricter =
        ours instanceof Answer.Mistake mistake
            && (mistake.message().contains("64 bits")
                || mistake.message().contains("'float' object is not subscriptable")
                || mistake.message().contains("'int' object is not subscriptable"));
    boolean crash = real instanceof Answer.Mistake mistake && mistake.stage().equals("crash");
    return address || stricter || crash;
  }
}

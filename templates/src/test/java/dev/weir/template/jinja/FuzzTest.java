package dev.weir.template.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.template.Limits;
import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.Values;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever a text is: it renders, or ends with the one error type. */
class FuzzTest {

  private static final int CASES = Integer.getInteger("weir.fuzz", 4_000);
  private static final long SEED = Long.getLong("weir.seed", 1);
  private static final Limits LIMITS = new Limits(100_000, 1 << 18, 100, Duration.ofSeconds(5));
  private static final String PIECES = "{}%#-+|()[].,:'\"\\ \n*/~=<>!0aé😀_\u0000";

  @Test
  void damagedTemplatesEndInAResultOrTheErrorType() {
    List<Case> cases = ConformanceTest.cases().toList();
    List<String> crashes = new ArrayList<>();
    for (long seed = SEED; seed < SEED + CASES; seed++) {
      Random random = new Random(seed);
      Case one = cases.get(random.nextInt(cases.size()));
      Case other = cases.get(random.nextInt(cases.size()));
      String text = damaged(one.question().template() + other.question().template(), random);
      try {
        var _ =
            JinjaTemplate.parse(Source.of("t", text), one.question().options())
                .render(Values.of(one.question().data()), LIMITS);
      } catch (TemplateException expected) {
        assertThat(expected.place().line()).isPositive();
      } catch (RuntimeException crash) {
        crashes.add("seed %d: %s%n  %s".formatted(seed, text, crash));
      }
    }
    assertThat(crashes).isEmpty();
  }

  private static String damaged(String text, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0 && !damaged.isEmpty(); i--) {
      int at = random.nextInt(damaged.length());
      switch (random.nextInt(4)) {
        case 0 -> damaged.deleteCharAt(at);
        case 1 -> damaged.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 2 -> damaged.setCharAt(at, PIECES.charAt(random.nextInt(PIECES.length())));
        default -> {
          int end = Math.min(damaged.length(), at + random.nextInt(12));
          damaged.insert(random.nextInt(damaged.length()), damaged.substring(at, end));
        }
      }
    }
    return damaged.toString();
  }
}

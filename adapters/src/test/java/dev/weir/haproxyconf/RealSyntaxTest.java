package dev.weir.haproxyconf;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.handwritten.ConfException;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real HAProxy takes and refuses what this reader takes and refuses, and reads the same words. */
@RequiresServer(Server.HAPROXY)
class RealSyntaxTest {

  private static final String CHARACTERS = "aax4  .${}[*]-##\"\"''\\\\\t\r";
  private static final String[] LINES = {
    ".if 1",
    ".if 0",
    ".elif 1",
    ".elif 0",
    ".else",
    ".endif",
    ".endif",
    ".notice a",
    ".other",
    "  description x",
    "  description \"x",
    "global",
    "# \"",
    ""
  };
  private static final int TRIES = Integer.getInteger("weir.fuzz", 60);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** A description takes any words. */
  @Test
  void nonsense_is_nonsense_to_both() throws Exception {
    for (int seed = 0; seed < TRIES; seed++) {
      String line = "  description d " + nonsense(new Random(seed));
      assertAgreement(seed, "backend a\n" + line + "\n");
    }
  }

  @Test
  void conditions_are_balanced_to_both() throws Exception {
    for (int seed = 0; seed < TRIES; seed++) {
      assertAgreement(seed, "backend a\n" + blocks(new Random(seed)) + "\n");
    }
  }

  /** HAProxy names the first word that it does not know. */
  @Test
  void words_are_the_same_to_both() throws Exception {
    for (int seed = 0; seed < TRIES; seed++) {
      String line = "w" + nonsense(new Random(seed));
      String text = "backend a\n  " + line + "\n";
      if (accepts(text) && !ConfText.line(line).words().getFirst().variable()) {
        String word = ConfText.line(line).keyword();
        assertThat(said(text))
            .as("seed %d: %s", seed, line)
            .contains("unknown keyword '%s' in 'backend' section".formatted(word));
      }
    }
  }

  private void assertAgreement(int seed, String text) throws IOException, InterruptedException {
    String said = said(text);
    assertThat(accepts(text))
        .as("seed %d: %s\n%s", seed, text, said)
        .isEqualTo(!said.contains("[ALERT]"));
  }

  private static boolean accepts(String text) {
    try {
      return !ConfText.parse(text).sections().isEmpty();
    } catch (ConfException refused) {
      return false;
    }
  }

  private String said(String text) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("haproxy.cfg"), text);
    List<String> check = List.of(Server.HAPROXY.path().toString(), "-c", "-f", file.toString());
    return Programs.run(check, PATIENCE) instanceof Exited exited ? exited.output().text() : "";
  }

  private static String nonsense(Random random) {
    return random
        .ints(1 + random.nextInt(14), 0, CHARACTERS.length())
        .mapToObj(i -> CHARACTERS.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static String blocks(Random random) {
    return random
        .ints(2 + random.nextInt(7), 0, LINES.length)
        .mapToObj(i -> LINES[i])
        .collect(Collectors.joining("\n"));
  }
}

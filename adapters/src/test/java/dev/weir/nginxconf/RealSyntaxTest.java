package dev.weir.nginxconf;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real nginx takes and refuses what this reader takes and refuses. */
@RequiresServer(Server.NGINX)
class RealSyntaxTest {

  private static final String CHARACTERS = "aab  ;;{}#\"'\\$\n\t)";
  private static final int TRIES = Integer.getInteger("weir.fuzz", 150);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** Inside {@code types}, nginx takes words of any kind and number, and no blocks. */
  @Test
  void nonsense_is_nonsense_to_both() throws Exception {
    for (int seed = 0; seed < TRIES; seed++) {
      String text = nonsense(new Random(seed));
      assertThat(accepts(text))
          .as("seed %d: %s", seed, text)
          .isEqualTo(nginxAccepts("http { types { %s\n} }".formatted(text)));
    }
  }

  private static boolean accepts(String text) {
    try {
      return ConfText.parse("types { " + text + "\n}").directives().stream()
          .allMatch(types ->
              types.name().equals("types")
                  && types.block().stream().noneMatch(Directive::hasBlock));
    } catch (ConfException refused) {
      return false;
    }
  }

  private boolean nginxAccepts(String http) throws IOException, InterruptedException {
    Path main = folder.resolve("nginx.conf");
    Files.writeString(
        main, "pid %s/pid; error_log stderr;\nevents { }\n%s\n".formatted(folder, http));
    List<String> test = List.of(Server.NGINX.path().toString(), "-t", "-q", "-c", main.toString());
    return Programs.run(test, PATIENCE) instanceof Exited exited && exited.succeeded();
  }

  private static String nonsense(Random random) {
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(14);
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
    }
    return text.append(random.nextBoolean() ? ";" : "").toString();
  }
}

package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Weight;
import dev.weir.testkit.contract.StoredSamples;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM writes and says so; it is killed in the middle; all that it said is there. */
final class SqliteKillTest {

  /** What the writer says of each; other lines are its log. */
  private static final String DONE = "acknowledged ";

  @TempDir Path folder;

  /** Writes overrides without end, and prints the number of each that was acknowledged. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] arguments) throws Exception {
      SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(Path.of(arguments[0])));
      for (int number = 1; number <= 60_000; number++) {
        store.overrides().put(numbered(number));
        System.out.println(DONE + number);
      }
    }
  }

  private static int numberIn(String line) {
    return Integer.parseInt(line.substring(DONE.length()));
  }

  /** The same few members again and again, so that rows are replaced too. */
  private static OperatorOverride numbered(int number) {
    return StoredSamples.because(
        StoredSamples.override(1 + number % 40, new Weight(1 + number % 256)),
        Integer.toString(number));
  }

  @RepeatedTest(3)
  void what_was_acknowledged_is_there(RepetitionInfo repetition) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int acknowledged = 0;
    try (BufferedReader said = writer.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        acknowledged = line.startsWith(DONE) ? numberIn(line) : acknowledged;
        if (acknowledged >= 150 * repetition.getCurrentRepetition()) {
          writer.toHandle().destroyForcibly();
        }
      }
    } finally {
      writer.destroyForcibly().waitFor();
    }

    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(folder))) {
      List<OperatorOverride> kept = store.overrides().load();
      int newest = Integer.parseInt(kept.getLast().attribution().reason().orElseThrow());
      assertThat(newest).isBetween(acknowledged, acknowledged + 1);
      assertThat(kept).hasSize(40);
      for (int back = 0; back < 40; back++) {
        assertThat(kept.get(39 - back)).isEqualTo(numbered(newest - back));
      }
    }
  }
}

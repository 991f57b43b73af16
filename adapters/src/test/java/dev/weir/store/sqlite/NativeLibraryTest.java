package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JVM that has no temporary folder to unpack a library into. */
final class NativeLibraryTest {

  @TempDir Path folder;

  /** Opens and closes a store. */
  static final class Opener {
    private Opener() {}

    public static void main(String[] arguments) throws Exception {
      SqliteStore.open(SqliteStore.Settings.of(Path.of(arguments[0]))).close();
    }
  }

  @Test
  void the_library_is_unpacked_into_the_state_folder_once() throws Exception {
    openElsewhere();
    Path library = library();
    FileTime unpacked = Files.getLastModifiedTime(library);

    openElsewhere();

    assertThat(library()).isEqualTo(library);
    assertThat(Files.getLastModifiedTime(library)).isEqualTo(unpacked);
  }

  @Test
  void a_half_unpacked_library_is_unpacked_again() throws Exception {
    openElsewhere();
    Path library = library();
    long whole = Files.size(library);
    Files.writeString(library, "half");

    openElsewhere();

    assertThat(Files.size(library)).isEqualTo(whole);
  }

  private Path library() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("state/native"))) {
      List<Path> found = files.filter(Files::isRegularFile).toList();
      assertThat(found).hasSize(1);
      return found.getFirst();
    }
  }

  private void openElsewhere() throws Exception {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.io.tmpdir=" + folder.resolve("absent"),
            "-cp",
            System.getProperty("java.class.path"),
            Opener.class.getName(),
            folder.resolve("state").toString());
    try (Started opener = Started.start("opener", folder, command)) {
      assertThat(opener.awaitExit(Duration.ofSeconds(60))).as(opener.log()).isZero();
    }
  }
}

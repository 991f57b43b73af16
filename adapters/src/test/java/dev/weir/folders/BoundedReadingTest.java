package dev.weir.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file source hung for ever when its file became a pipe between the look and the opening. */
class BoundedReadingTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private Path pipe() throws Exception {
    Path pipe = folder.resolve("members.txt");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  private static boolean isRead(Path path) {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("read " + path));
  }

  @Test
  void theBeginningOfAFileIsRead() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "0123456789");
    assertThat(BoundedReading.of(file, 100)).asString().isEqualTo("0123456789");
    assertThat(BoundedReading.of(file, 4)).asString().isEqualTo("0123");
  }

  @Test
  void whatIsNotThereIsSaidAsEver() {
    assertThatThrownBy(() -> BoundedReading.of(folder.resolve("none"), 9))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> BoundedReading.of(folder, 9)).isInstanceOf(IOException.class);
  }

  @Test
  void aPipeThatNobodyWritesToIsGivenUpAndNoThreadStays() throws Exception {
    Path pipe = pipe();
    assertThatThrownBy(() -> BoundedReading.of(pipe, 9))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be opened within");
    await().atMost(PATIENCE).until(() -> !isRead(pipe));
  }

  @Test
  void anInterruptEndsTheOpeningOfAPipe() throws Exception {
    Path pipe = pipe();
    AtomicReference<Throwable> ended = new AtomicReference<>();
    Thread reader =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ended.set(new AssertionError(BoundedReading.of(pipe, 9).length + " bytes"));
              } catch (IOException | InterruptedException how) {
                ended.set(how);
              }
            });
    await().atMost(PATIENCE).until(() -> isRead(pipe));
    reader.interrupt();
    assertThat(reader.join(PATIENCE)).isTrue();
    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
    await().atMost(PATIENCE).until(() -> !isRead(pipe));
  }
}

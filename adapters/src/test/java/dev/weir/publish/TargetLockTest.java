package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.SetupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetLockTest {

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void writeTheTarget() throws IOException {
    target = Files.writeString(folder.resolve("upstreams.conf"), "");
  }

  @Test
  void the_second_in_this_process_is_refused_and_told_who_was_first() throws SetupException {
    try (TargetLock first = TargetLock.take(target, Path.of("/var/lib/weir-one"))) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> TargetLock.take(target, Path.of("/var/lib/weir-two")))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid())
          .hasMessageContaining("/var/lib/weir-one");
    }
  }

  @Test
  void a_link_to_the_target_is_the_same_target() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.conf"), target);
    try (TargetLock first = TargetLock.take(target, folder)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> TargetLock.take(link, folder)).isInstanceOf(SetupException.class);
    }
  }

  @Test
  void given_up_it_can_be_taken_again() throws SetupException {
    TargetLock.take(target, folder).close();
    TargetLock.take(target, folder).close();
    assertThat(folder.resolve(".upstreams.conf.weir-lock")).exists();
  }

  @Test
  void a_folder_that_cannot_be_written_is_named() {
    assertThatThrownBy(() -> TargetLock.take(folder.resolve("nowhere/x.conf"), folder))
        .isInstanceOf(SetupException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("may write");
  }

  @Test
  void the_second_process_is_refused_until_the_first_is_killed() throws Exception {
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                target.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("held");
      assertThatThrownBy(() -> TargetLock.take(target, folder))
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("pid " + holder.pid())
          .hasMessageContaining("/var/lib/holder");
    } finally {
      holder.destroyForcibly().waitFor();
    }
    TargetLock.take(target, folder).close();
  }

  /** Holds a lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      try (TargetLock lock = TargetLock.take(Path.of(args[0]), Path.of("/var/lib/holder"))) {
        System.out.println("held");
        if (lock != null) {
          System.in.read();
        }
      }
    }
  }
}

package dev.weir.source.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testkit.WatchedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command may do wrong, and what is said of it. */
final class ExecSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path folder;

  @Test
  void anotherExitCodeThanZeroIsNoAnswerAndSaysWhatTheCommandComplainedOf() throws Exception {
    assertThat(complaint("echo '[]'; echo 'no route to the\u0007 inventory' >&2; exit 3"))
        .endsWith("members: exit code 3: no route to the? inventory");
  }

  @Test
  void aCommandThatCannotBeStartedSaysSo() throws Exception {
    assertThat(complaintOf(new ExecWorld(folder))).contains("No such file or directory");
  }

  @Test
  void anOutputWithoutEndIsCutOff() throws Exception {
    assertThat(complaint("exec cat /dev/zero")).endsWith("more than 64 MiB of output");
  }

  @Test
  void whatACommandHasStartedEndsWithIt() throws Exception {
    ExecWorld world = new ExecWorld(folder);
    Path pid = folder.resolve("pid");
    world.write("sleep 60 & echo $! > %s; wait".formatted(pid));
    try (WatchedSource watched =
        WatchedSource.start(world.source(Duration.ofSeconds(1)), PATIENCE)) {
      assertThat(watched.awaitUnavailable(0).reason()).endsWith("still runs after 1000 ms");
      long child = Long.parseLong(Files.readString(pid).strip());
      world.write("echo '[]'");
      watched.awaitMembers(Set.of());
      await()
          .atMost(PATIENCE)
          .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aChildThatKeepsTheOutputOpenEndsWithTheRun() throws Exception {
    ExecWorld world = new ExecWorld(folder);
    Path pid = folder.resolve("pid");
    world.write("sleep 60 & echo $! > %s; echo '[]'".formatted(pid));
    try (WatchedSource watched =
        WatchedSource.start(world.source(Duration.ofSeconds(1)), PATIENCE)) {
      watched.awaitUnavailable(0);
      long child = Long.parseLong(Files.readString(pid).strip());
      world.write("echo '[]'");
      watched.awaitMembers(Set.of());
      await()
          .atMost(PATIENCE)
          .until(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  @Test
  void aCommandMayComplainALotAndStillAnswer() throws Exception {
    ExecWorld world = new ExecWorld(folder);
    world.write("head -c 1000000 /dev/zero >&2 && echo '[]'");
    try (WatchedSource watched = WatchedSource.start(world.source(PATIENCE), PATIENCE)) {
      watched.awaitMembers(Set.of());
    }
  }

  private String complaint(String script) throws Exception {
    ExecWorld world = new ExecWorld(folder);
    world.write(script);
    return complaintOf(world);
  }

  private static String complaintOf(ExecWorld world) throws InterruptedException {
    try (WatchedSource watched = WatchedSource.start(world.source(PATIENCE), PATIENCE)) {
      return watched.awaitUnavailable(0).reason();
    }
  }
}

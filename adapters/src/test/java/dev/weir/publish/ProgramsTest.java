package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.NotStarted;
import dev.weir.publish.ProgramResult.TimedOut;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProgramsTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void both_outputs_and_the_exit_code_come_back() throws InterruptedException {
    ProgramResult result = Programs.run(sh("echo one; echo two >&2; exit 3"), LONG);
    assertThat(result).isEqualTo(new Exited(3, new ProgramResult.Output("one\n", "two\n")));
  }

  @Test
  void a_program_that_is_not_there_is_told_apart() throws InterruptedException {
    assertThat(Programs.run(List.of("/nowhere/nginx"), LONG))
        .asInstanceOf(InstanceOfAssertFactories.type(NotStarted.class))
        .extracting(NotStarted::reason, InstanceOfAssertFactories.STRING)
        .contains("/nowhere/nginx");
  }

  @Test
  void arguments_are_not_read_by_a_shell() throws InterruptedException {
    assertThat(Programs.run(List.of("echo", "$(id); `id` > x"), LONG))
        .isEqualTo(new Exited(0, new ProgramResult.Output("$(id); `id` > x\n", "")));
  }

  @Test
  void too_much_output_is_cut_and_never_blocks_the_program() throws InterruptedException {
    ProgramResult result = Programs.run(sh("head -c 3000000 /dev/zero; echo end >&2"), LONG);
    assertThat(result)
        .asInstanceOf(InstanceOfAssertFactories.type(Exited.class))
        .satisfies(exited -> assertThat(exited.output().out()).hasSize(64 * 1024))
        .satisfies(exited -> assertThat(exited.output().err()).isEqualTo("end\n"));
  }

  @Test
  void after_its_time_it_is_killed_with_its_children() throws Exception {
    Path child = folder.resolve("child");
    ProgramResult result =
        Programs.run(sh("sleep 600 & echo $! > " + child + "; wait"), Duration.ofMillis(500));
    assertThat(result).isInstanceOf(TimedOut.class);
    awaitGone(Long.parseLong(Files.readString(child).strip()));
  }

  @Test
  void an_interrupt_kills_it_and_ends_the_wait() throws Exception {
    Path child = folder.resolve("child");
    CompletableFuture<ProgramResult> run = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                run.complete(Programs.run(sh("echo $$ > " + child + "; exec sleep 600"), LONG));
              } catch (InterruptedException e) {
                run.completeExceptionally(e);
              }
            });
    await().until(() -> Files.exists(child) && Files.size(child) > 0);
    thread.interrupt();
    assertThatThrownBy(() -> run.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    awaitGone(Long.parseLong(Files.readString(child).strip()));
  }

  @Test
  void a_child_left_behind_that_holds_the_output_open_is_not_waited_for()
      throws InterruptedException {
    ProgramResult result = Programs.run(sh("echo hello; sleep 3 & exit 0"), LONG);
    assertThat(result).isEqualTo(new Exited(0, new ProgramResult.Output("hello\n", "")));
  }

  private static List<String> sh(String script) {
    return List.of("sh", "-c", script);
  }

  private static void awaitGone(long pid) {
    await()
        .until(() ->
            ProcessHandle.of(pid).map(ProcessHandle::isAlive).equals(Optional.of(false))
                || ProcessHandle.of(pid).isEmpty());
  }
}

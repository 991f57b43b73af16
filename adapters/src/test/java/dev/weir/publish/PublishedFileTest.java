package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.Checkpoints;
import dev.weir.spi.Checkpoints.InjectedFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedFileTest {

  @TempDir Path folder;
  private Path target;

  @BeforeEach
  void writeTheOldText() throws IOException {
    target = folder.resolve("upstreams.conf");
    Files.writeString(target, "old");
  }

  @Test
  void nothing_is_in_force_before_the_swap_and_nothing_is_left_after_it() throws IOException {
    PublishedFile file = new PublishedFile(target, Checkpoints.NONE);
    try (StagedFile staged = file.stage("new")) {
      assertThat(target).hasContent("old");
      assertThat(staged.path()).hasContent("new");
      Swap swap = staged.swap();
      assertThat(target).hasContent("new");
      assertThat(swap.previousText()).isEqualTo("old");
      swap.keep();
    }
    assertThat(names()).containsExactly("upstreams.conf");
    assertThat(file.unfinished()).isEmpty();
  }

  @Test
  void reading_gives_the_same_instance_until_the_bytes_change() throws IOException {
    PublishedFile file = new PublishedFile(target, Checkpoints.NONE);
    String first = file.read().orElseThrow();
    assertThat(file.read().orElseThrow()).isSameAs(first).isEqualTo("old");
    Files.writeString(target, "odd");
    assertThat(file.read()).contains("odd");
    Files.delete(target);
    assertThat(file.read()).isEmpty();
    Files.writeString(target, "");
    assertThat(file.read()).contains("");
  }

  @Test
  void reading_what_was_put_in_force_gives_that_very_instance() throws IOException {
    PublishedFile file = new PublishedFile(target, Checkpoints.NONE);
    String text = "a line\n".repeat(50_000);
    try (StagedFile staged = file.stage(text)) {
      assertThat(file.read()).contains("old");
      Swap swap = staged.swap();
      assertThat(file.read().orElseThrow()).isSameAs(text);
      Files.writeString(target, text.substring(1));
      assertThat(file.read()).contains(text.substring(1));
      swap.rollBack();
      assertThat(file.read()).contains("old");
    }
  }

  @Test
  void rolling_back_brings_back_the_previous_bytes() throws IOException {
    PublishedFile file = new PublishedFile(target, Checkpoints.NONE);
    try (StagedFile staged = file.stage("new")) {
      staged.swap().rollBack();
    }
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("upstreams.conf");
  }

  @Test
  void a_staged_file_that_is_not_swapped_is_deleted() throws IOException {
    try (StagedFile staged = new PublishedFile(target, Checkpoints.NONE).stage("new")) {
      assertThat(staged.path().getFileName().toString()).startsWith(".").doesNotEndWith(".conf");
    }
    assertThat(names()).containsExactly("upstreams.conf");
  }

  @Test
  void mode_and_owner_stay() throws IOException {
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
    var owner = Files.getOwner(target);
    publish(target, "new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-r-----");
    assertThat(Files.getOwner(target)).isEqualTo(owner);
  }

  @Test
  void a_symbolic_link_stays_one() throws IOException {
    Path link = folder.resolve("link.conf");
    Files.createSymbolicLink(link, target);
    publish(link, "new");
    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  @Test
  void a_target_that_was_absent_comes_back_empty() throws IOException {
    Path absent = folder.resolve("absent.conf");
    PublishedFile file = new PublishedFile(absent, Checkpoints.NONE);
    assertThat(file.read()).isEqualTo(Optional.empty());
    try (StagedFile staged = file.stage("new")) {
      staged.swap().rollBack();
    }
    assertThat(absent).isEmptyFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(absent)))
        .isEqualTo("rw-r--r--");
  }

  @Test
  void a_folder_that_is_not_there_fails_and_leaves_nothing() {
    PublishedFile file =
        new PublishedFile(folder.resolve("nowhere").resolve("x.conf"), Checkpoints.NONE);
    assertThatThrownBy(() -> file.stage("new")).isInstanceOf(IOException.class);
  }

  @Test
  void a_new_text_waits_until_the_last_swap_has_ended() throws IOException {
    PublishedFile file = new PublishedFile(target, Checkpoints.NONE);
    Swap swap;
    try (StagedFile staged = file.stage("new")) {
      swap = staged.swap();
    }
    assertThatThrownBy(() -> file.stage("newer")).hasMessageContaining("neither kept nor rolled");
    swap.keep();
    file.stage("newer").close();
  }

  /** The steps: stage, record swap, swap, keep. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void killed_before_any_step_it_is_old_or_new_and_can_be_settled(int killedBefore)
      throws IOException {
    PublishedFile killed = new PublishedFile(target, new KillBefore(killedBefore));
    assertThatThrownBy(
            () -> {
              try (StagedFile staged = killed.stage("new")) {
                staged.swap().keep();
              }
            })
        .isInstanceOf(Killed.class);
    assertThat(Files.readString(target)).isEqualTo(killedBefore < 3 ? "old" : "new");

    PublishedFile next = new PublishedFile(target, Checkpoints.NONE);
    assertThat(next.unfinished().isPresent()).isEqualTo(killedBefore >= 2);
    Optional<Swap> unfinished = next.unfinished();
    if (unfinished.isPresent()) {
      unfinished.get().rollBack();
    }
    assertThat(target).hasContent("old");
    publish(target, "newer");
    assertThat(target).hasContent("newer");
    assertThat(names()).containsExactly("upstreams.conf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"stage", "record swap", "swap"})
  void failing_at_a_step_leaves_the_old_text_and_no_record(String failing) throws IOException {
    PublishedFile file =
        new PublishedFile(
            target,
            step -> {
              if (step.equals(failing)) {
                throw new InjectedFailure(step);
              }
            });
    assertThatThrownBy(
            () -> {
              try (StagedFile staged = file.stage("new")) {
                staged.swap().keep();
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessageContaining(failing);
    assertThat(target).hasContent("old");
    assertThat(names()).containsExactly("upstreams.conf");
  }

  private void publish(Path to, String text) throws IOException {
    try (StagedFile staged = new PublishedFile(to, Checkpoints.NONE).stage(text)) {
      staged.swap().keep();
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  /** As a real kill: from the step on, nothing happens any more. */
  private static final class KillBefore implements Checkpoints {
    private final int step;
    private final List<String> passed = new ArrayList<>();

    KillBefore(int step) {
      this.step = step;
    }

    @Override
    public void before(String name) {
      if (passed.size() >= step) {
        throw new Killed();
      }
      passed.add(name);
    }
  }

  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }
}

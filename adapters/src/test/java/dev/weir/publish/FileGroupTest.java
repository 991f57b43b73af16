package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.testkit.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileGroupTest {

  @TempDir Path folder;
  private final Faults faults = new Faults();
  private Path first;
  private Path second;
  private Path marker;

  @BeforeEach
  void threeFiles() throws IOException {
    first = Files.writeString(folder.resolve("first"), "old 1").toRealPath();
    second = Files.writeString(folder.resolve("second"), "old 2").toRealPath();
    marker = Files.writeString(folder.resolve("marker"), "old").toRealPath();
  }

  @Test
  void only_those_that_change_are_replaced_and_the_marker_last() throws IOException {
    try (StagedGroup staged =
        group().stage(Map.of(first, "new 1", second, "old 2", marker, "new"))) {
      assertThat(staged.files()).extracting(StagedFile::target).containsExactly(first, marker);
      GroupSwap swap = staged.swap();
      assertThat(texts()).containsExactly("new 1", "old 2", "new");
      assertThat(swap.previousMarker()).isEqualTo("old");
      swap.keep();
    }
    assertThat(group().unfinished()).isEmpty();
    assertThat(group().hold(Map.of(first, "new 1", marker, "new"))).isTrue();
    assertThat(group().hold(Map.of(first, "old 1"))).isFalse();
  }

  @Test
  void all_go_back_together() throws IOException {
    try (StagedGroup staged = group().stage(all())) {
      staged.swap().rollBack();
    }
    assertThat(texts()).containsExactly("old 1", "old 2", "old");
    assertThat(group().unfinished()).isEmpty();
  }

  @Test
  void what_somebody_else_wrote_meanwhile_stays() throws IOException {
    Map<Path, String> former = Map.of(first, "old 1", marker, "old");
    Files.writeString(first, "theirs");
    assertThatThrownBy(() -> group().stage(all(), former))
        .hasMessageStartingWith(first + " was changed by somebody else meanwhile");
    assertThat(texts()).containsExactly("theirs", "old 2", "old");
    Files.writeString(first, "old 1");
    try (StagedGroup staged = group().stage(all(), former)) {
      Files.writeString(marker, "theirs");
      assertThatThrownBy(staged::swap).hasMessageContaining("meanwhile");
    }
    assertThat(texts()).containsExactly("old 1", "old 2", "theirs");
    assertThat(group().unfinished()).isEmpty();
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(3);
    }
  }

  /** At whatever step Weir dies, what it finds then leads to all old or all new. */
  @Test
  void killed_at_any_step_all_are_old_or_all_are_new() throws IOException {
    int step = 0;
    boolean struck = true;
    while (struck) {
      step++;
      threeFiles();
      struck = killedAt(step);
      Optional<GroupSwap> left = group().unfinished();
      if (left.isPresent() && left.get().isWhole() && Files.readString(marker).equals("new")) {
        left.get().keep();
      } else if (left.isPresent()) {
        left.get().rollBack();
      }
      assertThat(texts())
          .as("killed before step %d", step)
          .isIn(List.of("old 1", "old 2", "old"), List.of("new 1", "new 2", "new"));
      assertThat(group().unfinished()).isEmpty();
    }
    assertThat(step).isGreaterThan(8);
  }

  private boolean killedAt(int step) throws IOException {
    faults.arm(Faults.Kind.KILL, step);
    try (StagedGroup staged = group().stage(all())) {
      staged.swap().keep();
      return false;
    } catch (Faults.Killed killed) {
      return true;
    } finally {
      faults.calm();
    }
  }

  private Map<Path, String> all() {
    return Map.of(first, "new 1", second, "new 2", marker, "new");
  }

  private FileGroup group() {
    return new FileGroup(
        List.of(
            new PublishedFile(first, faults),
            new PublishedFile(second, faults),
            new PublishedFile(marker, faults)));
  }

  private List<String> texts() throws IOException {
    return List.of(Files.readString(first), Files.readString(second), Files.readString(marker));
  }
}

package dev.weir.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.spi.BackupPolicy;
import dev.weir.spi.BackupPolicy.Names;
import dev.weir.spi.Checkpoints;
import dev.weir.testkit.ManualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {

  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir Path folder;
  private final ManualTime time = new ManualTime();
  private Path target;

  @BeforeEach
  void writeTheFirstText() throws IOException {
    target = folder.resolve("upstreams.conf");
    Files.writeString(target, "text 0");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void what_was_replaced_stays_beside_the_file_hidden_and_with_its_mode() throws IOException {
    long millis = time.now().toEpochMilli();
    replace(BackupPolicy.DEFAULT, "text 1");
    Path backup = folder.resolve(".upstreams.conf.weir-backup." + millis);
    assertThat(backup).hasContent("text 0");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-r-----");
    assertThat(names(folder))
        .containsExactly(".upstreams.conf.weir-backup." + millis, "upstreams.conf");
  }

  @Test
  void two_in_one_millisecond_are_both_kept() throws IOException {
    replace(BackupPolicy.DEFAULT, "text 1");
    replace(BackupPolicy.DEFAULT, "text 2");
    assertThat(texts(folder, ".upstreams")).containsExactly("text 0", "text 1");
  }

  @Test
  void what_was_rolled_back_leaves_no_backup() throws IOException {
    try (StagedFile staged = file(BackupPolicy.DEFAULT).stage("refused")) {
      staged.swap().rollBack();
    }
    assertThat(names(folder)).containsExactly("upstreams.conf");
  }

  @Test
  void only_the_last_ones_are_kept() throws IOException {
    BackupPolicy two = new BackupPolicy(2, MONTH, 1_000, Optional.empty(), Names.TIME);
    for (int i = 1; i <= 5; i++) {
      replace(two, "text " + i);
    }
    assertThat(texts(folder, ".upstreams")).containsExactly("text 3", "text 4");
  }

  @Test
  void the_old_and_what_is_too_much_go() throws IOException {
    BackupPolicy limited =
        new BackupPolicy(10, Duration.ofHours(1), 12, Optional.empty(), Names.TIME);
    replace(limited, "text 1");
    time.advance(Duration.ofMinutes(61));
    replace(limited, "text 2");
    assertThat(texts(folder, ".upstreams")).as("by age").containsExactly("text 1");
    replace(limited, "text 3");
    replace(limited, "text 4");
    assertThat(texts(folder, ".upstreams")).as("by size").containsExactly("text 2", "text 3");
  }

  @Test
  void in_a_folder_of_their_own_they_have_the_files_name_and_the_time() throws IOException {
    Path backups = folder.resolve("kept").resolve("here");
    BackupPolicy policy = new BackupPolicy(2, MONTH, 1_000, Optional.of(backups), Names.TIME);
    Files.createDirectories(backups);
    Files.writeString(backups.resolve("upstreams.conf.mine"), "a user's");
    replace(policy, "text 1");
    assertThat(names(backups))
        .hasSize(2)
        .allMatch(name -> name.matches("upstreams\\.conf\\.([0-9]{8}T[0-9]{6}\\.[0-9]{3}Z|mine)"));
    replace(policy, "text 2");
    replace(policy, "text 3");
    assertThat(texts(backups, "upstreams.conf.2")).containsExactly("text 1", "text 2");
    assertThat(backups.resolve("upstreams.conf.mine")).hasContent("a user's");
  }

  @Test
  void milliseconds_alone_name_them_as_BackendsUpdater_did() throws IOException {
    Path backups = folder.resolve("bkp");
    BackupPolicy policy = new BackupPolicy(1, MONTH, 1_000, Optional.of(backups), Names.MILLIS);
    replace(policy, "text 1");
    assertThat(names(backups)).containsExactly(Long.toString(time.now().toEpochMilli()));
    time.advance(Duration.ofSeconds(1));
    replace(policy, "text 2");
    assertThat(backups.resolve(Long.toString(time.now().toEpochMilli()))).hasContent("text 1");
    assertThat(names(backups)).hasSize(1);
    assertThatThrownBy(() -> new BackupPolicy(1, MONTH, 1, Optional.empty(), Names.MILLIS))
        .hasMessageContaining("expected: also a folder");
  }

  @Test
  void a_folder_that_cannot_be_had_does_not_stop_the_file() throws IOException {
    Path taken = Files.writeString(folder.resolve("taken"), "no folder");
    BackupPolicy policy = new BackupPolicy(1, MONTH, 1_000, Optional.of(taken), Names.TIME);
    replace(policy, "text 1");
    assertThat(target).hasContent("text 1");
    assertThat(names(folder)).containsExactly("taken", "upstreams.conf");
  }

  @Test
  void none_are_kept_where_none_are_wanted_and_an_empty_file_is_no_version() throws IOException {
    replace(BackupPolicy.NONE, "text 1");
    Files.writeString(target, "");
    replace(BackupPolicy.DEFAULT, "text 2");
    assertThat(names(folder)).containsExactly("upstreams.conf");
  }

  private PublishedFile file(BackupPolicy policy) {
    return new PublishedFile(
        target, Checkpoints.NONE, StandardCharsets.UTF_8, new Backups(policy, time::now));
  }

  private void replace(BackupPolicy policy, String text) throws IOException {
    try (StagedFile staged = file(policy).stage(text)) {
      staged.swap().keep();
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** By name, the oldest first. */
  private static List<String> texts(Path folder, String start) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String name : names(folder)) {
      if (name.startsWith(start)) {
        texts.add(Files.readString(folder.resolve(name)));
      }
    }
    return texts;
  }
}

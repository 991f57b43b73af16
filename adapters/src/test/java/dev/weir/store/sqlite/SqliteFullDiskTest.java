package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.model.OperatorOverride;
import dev.weir.spi.StoreException;
import dev.weir.testkit.contract.StoredSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a file system in memory, of a few megabytes. */
final class SqliteFullDiskTest {

  @TempDir Path mountPoint;

  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "weir-test", mountPoint.toString()) == 0;
    assumeTrue(mounted, "mounting a file system needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", mountPoint.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void refuses_what_it_cannot_keep_and_goes_on_when_there_is_room() throws Exception {
    Path ballast = mountPoint.resolve("ballast");
    SqliteStore.Settings settings = SqliteStore.Settings.of(mountPoint.resolve("state"));
    List<OperatorOverride> acknowledged = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(settings)) {
      put(store, 1, acknowledged);
      fill(ballast);
      assertThatThrownBy(() -> putMany(store, acknowledged))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("weir.db");
      assertThat(store.overrides().load()).isEqualTo(acknowledged);

      Files.delete(ballast);
      put(store, 5000, acknowledged);
      assertThat(store.overrides().load()).isEqualTo(acknowledged);
    }
    try (SqliteStore store = SqliteStore.open(settings)) {
      assertThat(store.overrides().load()).isEqualTo(acknowledged);
    }
  }

  @Test
  void starts_on_a_full_disk_with_what_it_kept() throws Exception {
    SqliteStore.Settings settings = SqliteStore.Settings.of(mountPoint.resolve("state"));
    List<OperatorOverride> acknowledged = new ArrayList<>();
    try (SqliteStore store = SqliteStore.open(settings)) {
      put(store, 1, acknowledged);
    }
    fill(mountPoint.resolve("ballast"));

    try (SqliteStore store = SqliteStore.open(settings)) {
      assertThat(store.overrides().load()).isEqualTo(acknowledged);
      assertThatThrownBy(() -> putMany(store, acknowledged)).isInstanceOf(StoreException.class);
      assertThat(store.overrides().load()).isEqualTo(acknowledged);
    }
  }

  private static void putMany(SqliteStore store, List<OperatorOverride> acknowledged)
      throws StoreException {
    for (int port = 2; port < 2000; port++) {
      put(store, port, acknowledged);
    }
  }

  private static void put(SqliteStore store, int port, List<OperatorOverride> acknowledged)
      throws StoreException {
    OperatorOverride override =
        StoredSamples.because(
            StoredSamples.override(port, new OperatorOverride.Drain()), "x".repeat(5000));
    store.overrides().put(override);
    acknowledged.add(override);
  }

  private static void fill(Path ballast) throws IOException {
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }
}

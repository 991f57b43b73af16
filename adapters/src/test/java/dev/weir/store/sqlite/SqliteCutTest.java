package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.model.OperatorOverride;
import dev.weir.spi.StoreException;
import dev.weir.testkit.contract.StoredSamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power that fails at any byte. While a write is under way, any part of it may have reached the
 * disk, and what lies behind may be anything: what was acknowledged before is there afterwards, and
 * the write itself is there whole or not at all. Bytes that the disk changes later are reported, or
 * change nothing that is read.
 */
final class SqliteCutTest {

  private static final OperatorOverride LAST =
      StoredSamples.because(
          StoredSamples.override(99, new OperatorOverride.Drain()), "x".repeat(9000));

  /** Bytes between two cuts; with 1 the tests take minutes and find no more. */
  private static final int STEP = 397;

  @TempDir Path base;

  private final Random random = new Random(4711);
  private Path live = Path.of("");
  private int copies;

  /** The files of a database at one moment. */
  private static final class Snapshot {
    private final byte[] database;
    private final byte[] log;

    Snapshot(byte[] database, byte[] log) {
      this.database = database;
      this.log = log;
    }

    static Snapshot of(Path folder) throws IOException {
      Path log = folder.resolve("weir.db-wal");
      return new Snapshot(
          Files.readAllBytes(folder.resolve("weir.db")),
          Files.exists(log) ? Files.readAllBytes(log) : new byte[0]);
    }

    void writeTo(Path folder) throws IOException {
      Files.createDirectories(folder);
      Files.write(folder.resolve("weir.db"), database);
      Files.write(folder.resolve("weir.db-wal"), log);
    }
  }

  @BeforeEach
  void name() {
    live = base.resolve("live");
  }

  private static void putAll(SqliteStore store) throws StoreException {
    for (OperatorOverride override : StoredSamples.overrides()) {
      store.overrides().put(override);
    }
  }

  private List<OperatorOverride> load(Snapshot snapshot) throws Exception {
    Path folder = base.resolve("copy-" + ++copies);
    snapshot.writeTo(folder);
    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(folder))) {
      return store.overrides().load();
    }
  }

  private static List<OperatorOverride> withLast() {
    List<OperatorOverride> all = new ArrayList<>(StoredSamples.overrides());
    all.add(LAST);
    return all;
  }

  @Test
  void the_log_cut_at_any_byte_of_the_last_write() throws Exception {
    Snapshot before;
    Snapshot after;
    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(live))) {
      putAll(store);
      before = Snapshot.of(live);
      store.overrides().put(LAST);
      after = Snapshot.of(live);
    }
    assertThat(after.log.length).isGreaterThan(before.log.length + 8192);

    for (int cut = before.log.length; cut < after.log.length; cut += STEP) {
      byte[] log = Arrays.copyOf(after.log, cut);
      assertThat(load(new Snapshot(before.database, log)))
          .as("cut at %d", cut)
          .isEqualTo(StoredSamples.overrides());
      assertThat(load(new Snapshot(before.database, withRubbish(log, after.log.length))))
          .as("rubbish from %d", cut)
          .isEqualTo(StoredSamples.overrides());
    }
    assertThat(load(after)).isEqualTo(withLast());
  }

  private byte[] withRubbish(byte[] log, int length) {
    byte[] longer = new byte[length];
    random.nextBytes(longer);
    System.arraycopy(log, 0, longer, 0, log.length);
    return longer;
  }

  @Test
  void the_database_cut_while_the_log_is_folded_into_it() throws Exception {
    Snapshot before;
    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(live))) {
      putAll(store);
      store.overrides().put(LAST);
      before = Snapshot.of(live);
    }
    byte[] folded = Snapshot.of(live).database;

    for (int cut = 0; cut <= folded.length; cut += STEP * 3) {
      byte[] torn = Arrays.copyOf(before.database, Math.max(cut, before.database.length));
      System.arraycopy(folded, 0, torn, 0, cut);
      assertThat(load(new Snapshot(torn, before.log))).as("cut at %d", cut).isEqualTo(withLast());
    }
  }

  @Test
  void a_byte_changed_anywhere_is_reported_or_of_no_account() throws Exception {
    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(live))) {
      putAll(store);
    }
    byte[] good = Snapshot.of(live).database;
    int reported = 0;
    for (int place = 0; place < good.length; place += STEP) {
      byte[] bad = good.clone();
      bad[place] ^= (byte) (1 << random.nextInt(8));

      Optional<List<OperatorOverride>> loaded = loadIfSound(new Snapshot(bad, new byte[0]));

      if (loaded.isPresent()) {
        assertThat(loaded.get()).as("byte %d", place).isEqualTo(StoredSamples.overrides());
      } else {
        reported++;
      }
    }
    assertThat(reported).isPositive();
  }

  private Optional<List<OperatorOverride>> loadIfSound(Snapshot snapshot) throws Exception {
    try {
      return Optional.of(load(snapshot));
    } catch (StoreException reported) {
      assertThat(reported).hasMessageContaining("weir.db");
      return Optional.empty();
    }
  }
}

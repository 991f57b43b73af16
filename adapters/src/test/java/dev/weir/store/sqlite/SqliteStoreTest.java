package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.OperatorOverride;
import dev.weir.spi.EventStore;
import dev.weir.spi.EventStore.Stored;
import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.contract.StoredSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening, refusing, migrating and pruning. */
final class SqliteStoreTest {

  @TempDir Path base;

  private Path folder() {
    return base.resolve("state");
  }

  private SqliteStore open() throws Exception {
    return SqliteStore.open(SqliteStore.Settings.of(folder()));
  }

  @Test
  void makes_its_folder_for_itself_and_its_group() throws Exception {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void closes_a_folder_that_is_open_to_all() throws Exception {
    Files.createDirectory(folder());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString("rwxrwxrwx"));

    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())))
        .isEqualTo("rwxr-x---");
  }

  @Test
  void a_second_one_is_refused_and_told_of_the_first() throws Exception {
    try (SqliteStore first = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(SetupException.class)
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
      assertThat(first.overrides().load()).isEmpty();
    }
    open().close();
  }

  @Test
  void a_folder_that_cannot_be_made_is_a_matter_of_setup() throws Exception {
    Files.writeString(folder(), "a file");

    assertThatThrownBy(this::open)
        .isInstanceOf(SetupException.class)
        .hasMessageContaining(folder().toString());
  }

  @Test
  void a_newer_schema_is_refused_and_left_alone() throws Exception {
    Schema newer = withStep("CREATE TABLE later (x)");
    SqliteStore.open(SqliteStore.Settings.of(folder()), newer).close();
    byte[] before = Files.readAllBytes(SqliteRig.databaseIn(folder()));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("version %d ".formatted(Schema.CURRENT.version() + 1))
        .hasMessageContaining("at most %d)".formatted(Schema.CURRENT.version()));

    assertThat(Files.readAllBytes(SqliteRig.databaseIn(folder()))).isEqualTo(before);
  }

  private static Schema withStep(String... statements) {
    List<List<String>> steps = new ArrayList<>(Schema.CURRENT.steps());
    steps.add(List.of(statements));
    return new Schema(steps);
  }

  @Test
  void an_older_schema_is_migrated_after_a_copy() throws Exception {
    OperatorOverride override = StoredSamples.override(1, new OperatorOverride.Drain());
    try (SqliteStore store = open()) {
      store.overrides().put(override);
    }

    Schema newer = withStep("CREATE TABLE later (x)", "UPDATE override SET seq = seq + 100");
    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(folder()), newer)) {
      assertThat(store.overrides().load()).containsExactly(override);
    }

    Path copied = Files.createDirectory(base.resolve("copied"));
    Files.copy(
        folder().resolve("weir.db.version-" + Schema.CURRENT.version()),
        SqliteRig.databaseIn(copied));
    try (SqliteStore store = SqliteStore.open(SqliteStore.Settings.of(copied))) {
      assertThat(store.overrides().load()).containsExactly(override);
    }
  }

  @Test
  void events_of_the_first_schema_are_read_on() throws Exception {
    Schema first = new Schema(List.of(Schema.CURRENT.steps().getFirst()));
    try (SqliteStore old = SqliteStore.open(SqliteStore.Settings.of(folder()), first)) {
      old.database()
          .write(connection -> {
            try (Statement statement = connection.createStatement()) {
              return statement.executeUpdate(
                  "INSERT INTO event (id, at_nanos, kind, message) VALUES (7, 1, 'MEMBER_UP', 'x')");
            }
          });
    }
    try (SqliteStore store = open()) {
      Event event = store.events().eventsAfter(0, 10).getFirst().event();
      assertThat(event.message()).isEqualTo("x");
      assertThat(event.audit()).isEqualTo(Event.Audit.NONE);
    }
  }

  @Test
  void a_migration_that_fails_changes_nothing() throws Exception {
    OperatorOverride override = StoredSamples.override(1, new OperatorOverride.Drain());
    try (SqliteStore store = open()) {
      store.overrides().put(override);
    }

    Schema bad = withStep("DELETE FROM override", "CREATE TABLE override (again)");
    assertThatThrownBy(() -> SqliteStore.open(SqliteStore.Settings.of(folder()), bad))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("already exists");

    try (SqliteStore store = open()) {
      assertThat(store.overrides().load()).containsExactly(override);
    }
  }

  @Test
  void what_is_no_database_is_refused_and_left_alone() throws Exception {
    Files.createDirectory(folder());
    for (String content : new String[] {"", "not a database at all", "x".repeat(10_000)}) {
      Files.writeString(SqliteRig.databaseIn(folder()), content);

      assertThatThrownBy(this::open)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("damaged")
          .hasMessageContaining("weir.db");

      assertThat(SqliteRig.databaseIn(folder())).hasContent(content);
    }
  }

  @Test
  void a_log_without_its_database_is_not_thrown_away() throws Exception {
    Files.createDirectory(folder());
    Files.writeString(folder().resolve("weir.db-wal"), "a log");

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("weir.db");

    assertThat(folder().resolve("weir.db-wal")).hasContent("a log");
  }

  @Test
  void a_creation_that_was_cut_off_is_begun_again() throws Exception {
    Files.createDirectory(folder());
    Files.writeString(folder().resolve("weir.db.new"), "half a data");
    Files.writeString(folder().resolve("weir.db.new-wal"), "half a log");

    try (SqliteStore store = open()) {
      assertThat(store.overrides().load()).isEmpty();
    }
    assertThat(folder().resolve("weir.db.new")).doesNotExist();
  }

  @Test
  void a_closed_store_refuses() throws Exception {
    SqliteStore store = open();
    store.close();

    assertThatThrownBy(() -> store.overrides().load())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void counts_its_writes() throws Exception {
    AtomicInteger good = new AtomicInteger();
    AtomicInteger bad = new AtomicInteger();
    WriteMeter meter =
        new WriteMeter() {
          @Override
          public void wrote(Duration took) {
            good.incrementAndGet();
          }

          @Override
          public void failed(Duration took, String why) {
            bad.incrementAndGet();
          }
        };
    SqliteStore.Settings settings =
        new SqliteStore.Settings(folder(), Retention.DEFAULT, Time.SYSTEM, meter);
    try (SqliteStore store = SqliteStore.open(settings)) {
      store.overrides().put(StoredSamples.override(1, new OperatorOverride.Drain()));
      List<Stored> outOfOrder = List.of(event(5, Time.SYSTEM), event(4, Time.SYSTEM));
      assertThatThrownBy(() -> store.events().append(outOfOrder))
          .isInstanceOf(StoreException.class);
      assertThat(store.sizeBytes()).isPositive();
    }

    assertThat(good).hasValue(1);
    assertThat(bad).hasValue(1);
  }

  @Test
  void what_lies_in_a_folder_that_was_moved_away_is_never_acknowledged() throws Exception {
    Path away = base.resolve("away");
    try (SqliteStore store = open()) {
      store.overrides().put(StoredSamples.override(1, new OperatorOverride.Drain()));
      Files.move(folder(), away);

      assertThatThrownBy(
              () -> store.overrides().put(StoredSamples.override(2, new OperatorOverride.Drain())))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("removed, moved or replaced");
      assertThatThrownBy(store::probe).isInstanceOf(StoreException.class);

      Files.move(away, folder());
      store.probe();
      store.overrides().put(StoredSamples.override(3, new OperatorOverride.Drain()));
    }
    try (SqliteStore store = open()) {
      assertThat(store.overrides().load())
          .containsExactly(
              StoredSamples.override(1, new OperatorOverride.Drain()),
              StoredSamples.override(3, new OperatorOverride.Drain()));
    }
  }

  @Test
  void a_bystander_reads_what_was_decided_while_a_weir_holds_the_folder_and_after()
      throws Exception {
    assertThat(Bystander.overrides(folder())).isEmpty();
    List<OperatorOverride> decided = new ArrayList<>();
    try (SqliteStore store = open()) {
      for (int port = 1; port <= 50; port++) {
        OperatorOverride one = StoredSamples.override(port, new OperatorOverride.Drain());
        store.overrides().put(one);
        decided.add(one);
      }
      assertThat(Bystander.overrides(folder())).isEqualTo(decided);
      store.probe();
    }
    byte[] before = Files.readAllBytes(SqliteRig.databaseIn(folder()));
    assertThat(Bystander.overrides(folder())).isEqualTo(decided);
    assertThat(Files.readAllBytes(SqliteRig.databaseIn(folder()))).isEqualTo(before);

    Files.writeString(SqliteRig.databaseIn(folder()), "no database");
    assertThatThrownBy(() -> Bystander.overrides(folder()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(SqliteRig.databaseIn(folder()).toString());
  }

  @Test
  void a_copy_in_the_place_of_the_database_or_a_log_that_is_gone_refuses_writes() throws Exception {
    try (SqliteStore store = open()) {
      store.probe();
      Path file = SqliteRig.databaseIn(folder());
      Path copy = Files.copy(file, base.resolve("copy"));
      Path original = Files.move(file, base.resolve("original"));
      Files.move(copy, file);
      assertThatThrownBy(store::probe).hasMessageContaining(file.toString());

      Files.move(original, file, StandardCopyOption.REPLACE_EXISTING);
      store.probe();
      Files.delete(folder().resolve("weir.db-wal"));
      assertThatThrownBy(store::probe).hasMessageContaining("weir.db-wal");
    }
  }

  private static Stored event(long id, Time time) {
    return new Stored(
        id, Event.of(time.now(), EventKind.MEMBER_UP, Event.Subject.WEIR, "up ".repeat(50) + id));
  }

  @Test
  void old_events_go_and_the_newest_stays() throws Exception {
    ManualTime time = new ManualTime();
    Retention month = new Retention(Duration.ofDays(30), Long.MAX_VALUE);
    try (SqliteStore store = openWith(month, time)) {
      append(store.events(), 1, 3000, time);
      time.advance(Duration.ofDays(29));
      append(store.events(), 3001, 4000, time);
      assertThat(store.events().eventsAfter(0, 1)).first().extracting(Stored::id).isEqualTo(1L);

      time.advance(Duration.ofDays(2));
      append(store.events(), 4001, 5000, time);
      assertThat(store.events().eventsAfter(0, 1)).first().extracting(Stored::id).isEqualTo(3001L);

      time.advance(Duration.ofDays(60));
      append(store.events(), 5001, 5001, time);
      time.advance(Duration.ofDays(60));
    }
    try (SqliteStore store = openWith(month, time)) {
      append(store.events(), 5002, 5002, time);

      assertThat(store.events().eventsAfter(0, 10)).extracting(Stored::id).containsExactly(5002L);
      assertThat(store.events().newestEvent()).isEqualTo(5002);
    }
  }

  @Test
  void the_oldest_events_go_when_the_database_grows_too_large() throws Exception {
    ManualTime time = new ManualTime();
    Retention megabyte = new Retention(Duration.ofDays(30), 1_000_000);
    try (SqliteStore store = openWith(megabyte, time)) {
      store.overrides().put(StoredSamples.override(1, new OperatorOverride.Drain()));
      for (int thousand = 0; thousand < 20; thousand++) {
        append(store.events(), thousand * 1000L + 1, (thousand + 1) * 1000L, time);
      }

      assertThat(store.sizeBytes()).isLessThan(1_300_000);
      assertThat(store.events().newestEvent()).isEqualTo(20_000);
      assertThat(store.events().eventsAfter(19_990, 100)).hasSize(10);
      assertThat(store.overrides().load()).hasSize(1);
    }
  }

  private SqliteStore openWith(Retention retention, Time time) throws Exception {
    return SqliteStore.open(new SqliteStore.Settings(folder(), retention, time, WriteMeter.NONE));
  }

  private static void append(EventStore events, long first, long last, Time time)
      throws StoreException {
    List<Stored> batch = new ArrayList<>();
    for (long id = first; id <= last; id++) {
      batch.add(event(id, time));
    }
    events.append(batch);
  }
}

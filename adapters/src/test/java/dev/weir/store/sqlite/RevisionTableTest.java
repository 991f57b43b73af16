package dev.weir.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.model.DesiredState;
import dev.weir.model.FileContent;
import dev.weir.model.Outcome;
import dev.weir.model.ProxyName;
import dev.weir.model.Revision;
import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RevisionTableTest {

  private static final Path FILE = Path.of("/etc/weir.cfg");

  @TempDir Path folder;
  private SqliteStore store;

  @BeforeEach
  void open() throws Exception {
    store = SqliteStore.open(SqliteStore.Settings.of(folder.resolve("state")));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static Revision revision(long number, String text) {
    return new Revision(
        number,
        new ProxyName("edge"),
        Instant.EPOCH.plusSeconds(4_000_000_000L),
        DesiredState.of(1, List.of()),
        Outcome.Way.LIVE,
        List.of(),
        List.of(new FileContent(FILE, text)),
        Duration.ZERO);
  }

  private long texts() throws StoreException {
    return store
        .database()
        .read(connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT count(*) FROM revision_text")) {
            return row.getLong(1);
          }
        });
  }

  private List<String> kept() throws StoreException {
    return store.revisions().revisions(Optional.empty(), Long.MAX_VALUE, 500).stream()
        .map(revision -> revision.files().getFirst().text())
        .toList();
  }

  @Test
  void a_text_that_successive_revisions_share_is_there_once() throws Exception {
    for (int number = 1; number <= 9; number++) {
      store.revisions().appendRevisions(List.of(revision(number, "text " + number / 5)));
    }
    assertThat(texts()).isEqualTo(2);
    assertThat(kept()).startsWith("text 1").endsWith("text 0").hasSize(9);
  }

  @Test
  void texts_that_no_revision_has_any_more_go() throws Exception {
    for (int number = 1; number <= 330; number++) {
      store.revisions().appendRevisions(List.of(revision(number, "text " + number)));
    }
    assertThat(texts()).isBetween(100L, 200L);
    assertThat(kept()).hasSize(100).startsWith("text 330").endsWith("text 231");
  }

  @Test
  void a_text_that_was_not_kept_because_the_disk_refused_is_kept_with_the_next() throws Exception {
    store.database().write(connection -> execute(connection.createStatement(), REFUSE));
    assertThatThrownBy(() -> store.revisions().appendRevisions(List.of(revision(1, "text"))))
        .isInstanceOf(StoreException.class);
    store
        .database()
        .write(connection -> execute(connection.createStatement(), "DROP TRIGGER refuse"));
    store.revisions().appendRevisions(List.of(revision(1, "text"), revision(2, "text")));
    assertThat(kept()).containsExactly("text", "text");
  }

  private static final String REFUSE =
      "CREATE TRIGGER refuse BEFORE INSERT ON revision BEGIN SELECT RAISE(ABORT, 'full'); END";

  private static boolean execute(Statement statement, String sql) throws SQLException {
    try (statement) {
      return statement.execute(sql);
    }
  }

  /** It failed the listing of all, and a rollback to any. */
  @Test
  void a_revision_whose_text_is_lost_is_left_out() throws Exception {
    for (int number = 1; number <= 5; number++) {
      store.revisions().appendRevisions(List.of(revision(number, "text " + number)));
    }
    store
        .database()
        .write(connection ->
            execute(
                connection.createStatement(),
                "DELETE FROM revision_text WHERE key LIKE '4.%' OR key LIKE '5.%'"));
    assertThat(kept()).containsExactly("text 3", "text 2", "text 1");
    assertThat(store.revisions().revisions(Optional.empty(), Long.MAX_VALUE, 2))
        .extracting(Revision::number)
        .containsExactly(3L, 2L);
    assertThat(store.revisions().newestRevision()).isEqualTo(5);
  }

  @Test
  void a_text_that_was_damaged_on_the_disk_is_no_text() throws Exception {
    store
        .revisions()
        .appendRevisions(List.of(revision(1, "server a\nserver b\n"), revision(2, "text")));
    store
        .database()
        .write(connection -> {
          byte[] bytes = Packed.pack("server a\nserver b\n");
          bytes[bytes.length / 2] ^= 1;
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE revision_text SET bytes = ? WHERE key LIKE '1.%'")) {
            update.setBytes(1, bytes);
            return update.executeUpdate();
          }
        });
    assertThat(kept()).containsExactly("text");
  }
}

package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables, as the steps that lead to them. A database carries the number of steps it has taken.
 *
 * @param steps each the statements that lead from one version to the next; the first makes version
 *     1 from nothing
 */
record Schema(List<List<String>> steps) {

  /** Of this Weir. */
  static final Schema CURRENT =
      new Schema(
          List.of(
              List.of(
                  "CREATE TABLE generation (next INTEGER NOT NULL)",
                  "INSERT INTO generation (next) VALUES (1)",
                  """
                  CREATE TABLE override (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT,
                    target TEXT NOT NULL, slot TEXT NOT NULL,
                    body TEXT NOT NULL, sum INTEGER NOT NULL,
                    UNIQUE (target, slot))\
                  """,
                  """
                  CREATE TABLE report (
                    source TEXT NOT NULL PRIMARY KEY,
                    body TEXT NOT NULL, sum INTEGER NOT NULL)\
                  """,
                  """
                  CREATE TABLE event (
                    id INTEGER PRIMARY KEY, at_nanos INTEGER NOT NULL, kind TEXT NOT NULL,
                    pool TEXT, member TEXT, proxy TEXT, source TEXT,
                    message TEXT NOT NULL, who TEXT, generation INTEGER)\
                  """,
                  """
                  CREATE TABLE configuration (
                    position INTEGER PRIMARY KEY, path TEXT NOT NULL, text TEXT NOT NULL,
                    accepted_at TEXT NOT NULL)\
                  """),
              List.of(
                  "ALTER TABLE event ADD COLUMN request TEXT",
                  "ALTER TABLE event ADD COLUMN was TEXT",
                  "ALTER TABLE event ADD COLUMN became TEXT",
                  "ALTER TABLE event ADD COLUMN reason TEXT"),
              List.of(
                  """
                  CREATE TABLE pause (
                    proxy TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL)\
                  """),
              List.of(
                  """
                  CREATE TABLE revision (
                    number INTEGER PRIMARY KEY, proxy TEXT NOT NULL, at_nanos INTEGER NOT NULL,
                    generation INTEGER NOT NULL, way TEXT NOT NULL, took_nanos INTEGER NOT NULL,
                    body BLOB NOT NULL, files TEXT NOT NULL)\
                  """,
                  "CREATE INDEX revision_of_proxy ON revision (proxy, number)",
                  "CREATE TABLE revision_text (key TEXT NOT NULL PRIMARY KEY, bytes BLOB NOT"
                      + " NULL)"),
              List.of(
                  """
                  CREATE TABLE token (
                    name TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL)\
                  """),
              List.of(
                  """
                  CREATE TABLE pool_set (
                    source TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL, sum INTEGER NOT NULL)\
                  """),
              List.of(
                  """
                  CREATE TABLE job (
                    seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
                    body TEXT NOT NULL, sum INTEGER NOT NULL)\
                  """)));

  Schema {
    steps = steps.stream().map(List::copyOf).toList();
  }

  int version() {
    return steps.size();
  }

  /** Makes a new database; it has its name only once it is whole. */
  void create(Path file) throws SQLException, IOException, StoreException {
    Path part = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(part);
    Files.deleteIfExists(file.resolveSibling(part.getFileName() + "-wal"));
    try (Connection connection = Connections.toCreate(part)) {
      advance(connection, 0);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    flushFolder(file);
  }

  /**
   * Takes the steps that are missing, in one transaction, after a copy of the file.
   *
   * @throws StoreException when the database is of a newer schema, or is none of Weir's
   */
  void bringUpToDate(Connection connection, Path file) throws SQLException, StoreException {
    int found = versionOf(connection);
    if (found == version()) {
      return;
    }
    if (found == 0) {
      throw new Failures(file).damaged("it is no database of Weir's");
    }
    if (found > version()) {
      throw new StoreException(
          "%s: has schema version %d (expected: at most %d); run the Weir that wrote it, or a newer one"
              .formatted(file, found, version()));
    }
    copy(connection, file, found);
    advance(connection, found);
  }

  private static int versionOf(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private void advance(Connection connection, int from) throws SQLException, StoreException {
    Transaction.run(
        connection,
        ignored -> {
          try (Statement statement = connection.createStatement()) {
            for (List<String> step : steps.subList(from, version())) {
              for (String sql : step) {
                statement.execute(sql);
              }
            }
            return statement.execute("PRAGMA user_version = " + version());
          }
        });
  }

  /** Keeps the database as it was, beside it: {@code weir.db.version-1}. */
  private static void copy(Connection connection, Path file, int version)
      throws SQLException, StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    Path copy = file.resolveSibling(file.getFileName() + ".version-" + version);
    Path part = file.resolveSibling(copy.getFileName() + ".part");
    try {
      Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
      flushFolder(file);
    } catch (IOException e) {
      throw new StoreException(
          "%s: cannot be copied before its migration: %s".formatted(file, e), e);
    }
  }

  private static void flushFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}

package dev.weir.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/**
 * How the database file is opened: a write-ahead log, forced to the disk at each commit, and held
 * exclusively. The index of the log then lies in memory and needs no file: Weir starts on a full
 * disk.
 */
final class Connections {

  private static final int BUSY_MILLIS = 2000;

  private Connections() {}

  /** Opens a new file. */
  static Connection toCreate(Path file) throws SQLException {
    return open(new SQLiteConfig(), file);
  }

  /** Opens a file that exists. */
  static Connection toExisting(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return open(config, file);
  }

  private static Connection open(SQLiteConfig config, Path file) throws SQLException {
    config.setBusyTimeout(BUSY_MILLIS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}

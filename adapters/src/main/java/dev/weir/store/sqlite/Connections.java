package dev.weir.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteOpenMode;

/** How the database file is opened: a write-ahead log, forced to the disk at each commit. */
final class Connections {

  private static final int BUSY_MILLIS = 2000;

  private Connections() {}

  /** Opens a new file. */
  static Connection toCreate(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    return open(config, file);
  }

  /** Opens a file that exists, to write. */
  static Connection toWrite(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return open(config, file);
  }

  private static Connection open(SQLiteConfig config, Path file) throws SQLException {
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setBusyTimeout(BUSY_MILLIS);
    return config.createConnection("jdbc:sqlite:" + file);
  }

  /** Opens a file that exists, to read. */
  static Connection toRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    config.setBusyTimeout(BUSY_MILLIS);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only = true");
    }
    return connection;
  }

  static void close(@Nullable Connection connection) {
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException unusable) {
        // What was acknowledged is durable already; the log is folded in at the next start.
      }
    }
  }
}

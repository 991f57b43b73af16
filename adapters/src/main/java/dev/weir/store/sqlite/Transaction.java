package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Everything or nothing. Begun and ended by statements of our own: where SQLite has rolled back by
 * itself, as it does when the disk is full, the driver goes on believing in a transaction, and what
 * comes next would be committed piece by piece.
 */
final class Transaction {

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    T on(Connection connection) throws SQLException, StoreException;
  }

  private Transaction() {}

  /** Does the work; durable on return, undone when anything fails. */
  static <T extends @Nullable Object> T run(Connection connection, Work<T> work)
      throws SQLException, StoreException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      boolean done = false;
      try {
        T result = work.on(connection);
        statement.execute("COMMIT");
        done = true;
        return result;
      } finally {
        if (!done) {
          rollBack(statement);
        }
      }
    }
  }

  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException rolledBackAlready) {
      // SQLite has done it where the failure was one of the disk.
    }
  }
}

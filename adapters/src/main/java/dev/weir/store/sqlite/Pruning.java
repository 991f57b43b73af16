package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets old events go, now and then, in pieces so small that no other write waits long. The newest
 * event stays, because its number must not be given out again.
 */
final class Pruning {

  private static final Logger LOG = LoggerFactory.getLogger(Pruning.class);

  /** Appended events between two prunings. */
  static final int EVERY = 1000;

  private static final int PIECE = 2000;

  /** Pieces at most in one pruning: more go than come. */
  private static final int PIECES = 5;

  private final Database database;
  private final Retention retention;
  private final Time time;
  private final AtomicInteger appended = new AtomicInteger(EVERY);

  Pruning(Database database, Retention retention, Time time) {
    this.database = database;
    this.retention = retention;
    this.time = time;
  }

  /** After so many events were appended; prunes where it is time. */
  void after(int events) {
    if (appended.addAndGet(events) < EVERY) {
      return;
    }
    appended.set(0);
    try {
      for (int piece = 0; piece < PIECES && database.write(this::prune) == PIECE; piece++) {
        // prune() did the work
      }
    } catch (StoreException e) {
      LOG.warn("old events could not be removed: {}", e.getMessage());
    }
  }

  private int prune(Connection connection) throws SQLException {
    return size(connection) > retention.bytes()
        ? delete(connection, Long.MAX_VALUE)
        : delete(connection, EventRow.nanos(time.now().minus(retention.age())));
  }

  /** Deletes the first piece of what is older. */
  private static int delete(Connection connection, long before) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            """
            DELETE FROM event WHERE at_nanos < ?
              AND id < (SELECT max(id) FROM event)
              AND id IN (SELECT id FROM event ORDER BY id LIMIT ?)\
            """)) {
      delete.setLong(1, before);
      delete.setInt(2, PIECE);
      return delete.executeUpdate();
    }
  }

  /** Bytes in use; what deleted rows have left is filled again before the file grows. */
  static long size(Connection connection) throws SQLException {
    return pragma(connection, "page_size")
        * (pragma(connection, "page_count") - pragma(connection, "freelist_count"));
  }

  private static long pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.getLong(1);
    }
  }
}

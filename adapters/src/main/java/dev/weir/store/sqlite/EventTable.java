package dev.weir.store.sqlite;

import dev.weir.spi.EventStore;
import dev.weir.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The events, one row each. */
final class EventTable implements EventStore {

  private static final String INSERT =
      """
      INSERT INTO event
        (id, at_nanos, kind, pool, member, proxy, source, message, who, generation,
         request, was, became, reason)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String SELECT =
      """
      SELECT id, at_nanos, kind, pool, member, proxy, source, message, who, generation,
             request, was, became, reason
        FROM event WHERE id > ? ORDER BY id LIMIT ?\
      """;

  private final Database database;
  private final Pruning pruning;

  EventTable(Database database, Pruning pruning) {
    this.database = database;
    this.pruning = pruning;
  }

  @Override
  public void append(List<Stored> events) throws StoreException {
    if (events.isEmpty()) {
      return;
    }
    database.write(connection -> {
      long newest = newest(connection);
      try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
        for (Stored stored : events) {
          if (stored.id() <= newest) {
            throw new StoreException(
                "event %d (expected: above %d, the newest)".formatted(stored.id(), newest));
          }
          newest = stored.id();
          EventRow.bind(insert, stored);
          insert.addBatch();
        }
        return insert.executeBatch().length;
      }
    });
    pruning.after(events.size());
  }

  @Override
  public List<Stored> eventsAfter(long after, int limit) throws StoreException {
    return database.read(connection -> {
      List<Stored> events = new ArrayList<>();
      try (PreparedStatement select = connection.prepareStatement(SELECT)) {
        select.setLong(1, after);
        select.setInt(2, limit);
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            events.add(EventRow.read(row));
          }
        }
      }
      return List.copyOf(events);
    });
  }

  @Override
  public long newestEvent() throws StoreException {
    return database.read(EventTable::newest);
  }

  private static long newest(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT coalesce(max(id), 0) FROM event")) {
      return row.getLong(1);
    }
  }
}

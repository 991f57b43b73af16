package dev.weir.store.sqlite;

import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/** The last good report of each source, one row each, and the generations given out. */
final class ReportTable implements CatalogStore {

  private final Database database;

  ReportTable(Database database) {
    this.database = database;
  }

  @Override
  public Map<SourceName, LastGood> loadReports() throws StoreException {
    return database.read(this::load);
  }

  private Map<SourceName, LastGood> load(Connection connection)
      throws SQLException, StoreException {
    Map<SourceName, LastGood> reports = new HashMap<>();
    try (Statement statement = connection.createStatement()) {
      Integrity.check(statement, "report", database.file());
      try (ResultSet row = statement.executeQuery("SELECT source, body, sum FROM report")) {
        while (row.next()) {
          String source = row.getString(1);
          String body = row.getString(2);
          Integrity.check(row.getLong(3), Sum.of(source, body), database.file());
          reports.put(new SourceName(source), MemberForm.readReport(body));
        }
      }
    }
    return Map.copyOf(reports);
  }

  @Override
  public void saveReport(SourceName source, LastGood report) throws StoreException {
    String body = MemberForm.write(report);
    database.write(connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT OR REPLACE INTO report (source, body, sum) VALUES (?, ?, ?)")) {
        insert.setString(1, source.value());
        insert.setString(2, body);
        insert.setLong(3, Sum.of(source.value(), body));
        return insert.executeUpdate();
      }
    });
  }

  @Override
  public void dropReport(SourceName source) throws StoreException {
    database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM report WHERE source = ?")) {
        delete.setString(1, source.value());
        return delete.executeUpdate();
      }
    });
  }

  @Override
  public long reserveGenerations(int count) throws StoreException {
    if (count < 1) {
      throw new IllegalArgumentException("count: %d (expected: 1 or more)".formatted(count));
    }
    return database.write(connection -> {
      try (PreparedStatement update =
          connection.prepareStatement("UPDATE generation SET next = next + ? RETURNING next")) {
        update.setInt(1, count);
        try (ResultSet row = update.executeQuery()) {
          if (!row.next() || row.getLong(1) <= count) {
            throw new Failures(database.file()).damaged("no count of generations in it");
          }
          return row.getLong(1) - count;
        }
      }
    });
  }
}

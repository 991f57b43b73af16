package dev.weir.store.sqlite;

import dev.weir.model.OperatorOverride;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The overrides, one row each, in the order in which they were set. */
final class OverrideTable implements OverrideStore {

  private final Database database;

  OverrideTable(Database database) {
    this.database = database;
  }

  @Override
  public List<OperatorOverride> load() throws StoreException {
    return database.read(this::load);
  }

  private List<OperatorOverride> load(Connection connection) throws SQLException, StoreException {
    try (Statement statement = connection.createStatement()) {
      return load(statement, database.file());
    }
  }

  /**
   * Reads the rows of any database.
   *
   * @param named the file to be blamed for damage
   */
  static List<OperatorOverride> load(Statement statement, Path named)
      throws SQLException, StoreException {
    List<OperatorOverride> overrides = new ArrayList<>();
    Integrity.check(statement, "override", named);
    try (ResultSet row =
        statement.executeQuery("SELECT target, slot, body, sum FROM override ORDER BY seq")) {
      while (row.next()) {
        String target = row.getString(1);
        String slot = row.getString(2);
        String body = row.getString(3);
        Integrity.check(row.getLong(4), Sum.of(target, slot, body), named);
        overrides.add(OverrideForm.read(target, body));
      }
    }
    return List.copyOf(overrides);
  }

  @Override
  public void change(List<Change> changes) throws StoreException {
    database.write(connection -> {
      int changed = 0;
      for (Change change : changes) {
        changed +=
            switch (change) {
              case Change.Set set -> put(connection, set.override());
              case Change.Clear clear ->
                  delete(connection, OverrideForm.write(clear.target()), clear.slot().name());
            };
      }
      return changed;
    });
  }

  private static int put(Connection connection, OperatorOverride override) throws SQLException {
    String target = OverrideForm.write(override.target());
    String slot = override.slot().name();
    String body = OverrideForm.writeBody(override);
    var _ = delete(connection, target, slot);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO override (target, slot, body, sum) VALUES (?, ?, ?, ?)")) {
      insert.setString(1, target);
      insert.setString(2, slot);
      insert.setString(3, body);
      insert.setLong(4, Sum.of(target, slot, body));
      return insert.executeUpdate();
    }
  }

  private static int delete(Connection connection, String target, String slot) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM override WHERE target = ? AND slot = ?")) {
      delete.setString(1, target);
      delete.setString(2, slot);
      return delete.executeUpdate();
    }
  }
}

package dev.weir.store.sqlite;

import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The configuration accepted last, one row for each of its files. */
final class ConfigurationTable implements ConfigurationStore {

  private final Database database;

  ConfigurationTable(Database database) {
    this.database = database;
  }

  @Override
  public Optional<Accepted> lastAccepted() throws StoreException {
    return database.read(ConfigurationTable::load);
  }

  private static Optional<Accepted> load(Connection connection) throws SQLException {
    SequencedMap<String, String> files = new LinkedHashMap<>();
    Instant at = Instant.MIN;
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT path, text, accepted_at FROM configuration ORDER BY position")) {
      while (row.next()) {
        files.put(row.getString(1), row.getString(2));
        at = Instant.parse(row.getString(3));
      }
    }
    return files.isEmpty() ? Optional.empty() : Optional.of(new Accepted(files, at));
  }

  @Override
  public void accept(Accepted configuration) throws StoreException {
    database.write(connection -> {
      try (Statement delete = connection.createStatement()) {
        delete.executeUpdate("DELETE FROM configuration");
      }
      return insert(connection, configuration);
    });
  }

  private static int insert(Connection connection, Accepted configuration) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO configuration (path, text, accepted_at) VALUES (?, ?, ?)")) {
      for (Map.Entry<String, String> file : configuration.files().entrySet()) {
        insert.setString(1, file.getKey());
        insert.setString(2, file.getValue());
        insert.setString(3, configuration.at().toString());
        insert.addBatch();
      }
      return insert.executeBatch().length;
    }
  }
}

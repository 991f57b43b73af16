package dev.weir.store.sqlite;

import dev.weir.model.FoundPool;
import dev.weir.model.LastingPool;
import dev.weir.model.SourceName;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.StoreException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pools of each pool set, one row for a set. */
final class PoolSetTable implements PoolSetStore {

  private final Database database;

  PoolSetTable(Database database) {
    this.database = database;
  }

  @Override
  public Map<SourceName, List<LastingPool>> loadPools() throws StoreException {
    return database.read(connection -> {
      Map<SourceName, List<LastingPool>> sets = new HashMap<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT source, body, sum FROM pool_set")) {
        while (row.next()) {
          String source = row.getString(1);
          String body = row.getString(2);
          Integrity.check(row.getLong(3), Sum.of(source, body), database.file());
          sets.put(new SourceName(source), read(Form.read(body)));
        }
      }
      return Map.copyOf(sets);
    });
  }

  @Override
  public void savePools(SourceName set, List<LastingPool> pools) throws StoreException {
    String source = set.value();
    String body = write(pools).write();
    database.write(connection -> {
      try (PreparedStatement put =
          connection.prepareStatement("INSERT OR REPLACE INTO pool_set VALUES (?, ?, ?)")) {
        put.setString(1, source);
        put.setString(2, body);
        put.setLong(3, Sum.of(source, body));
        return put.executeUpdate();
      }
    });
  }

  @Override
  public void dropPools(SourceName set) throws StoreException {
    database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM pool_set WHERE source = ?")) {
        delete.setString(1, set.value());
        return delete.executeUpdate();
      }
    });
  }

  private static Form write(List<LastingPool> pools) {
    Form form = new Form().put("pools", Integer.toString(pools.size()));
    for (int i = 0; i < pools.size(); i++) {
      LastingPool pool = pools.get(i);
      form.put(i + ".key", pool.found().key());
      form.putIfPresent(i + ".check", pool.found().checkPath());
      form.putIfPresent(i + ".gone", pool.goneSince().map(Instant::toString));
    }
    return form;
  }

  private static List<LastingPool> read(Form form) {
    List<LastingPool> pools = new ArrayList<>();
    int count = Integer.parseInt(form.get("pools"));
    for (int i = 0; i < count; i++) {
      Optional<Instant> gone = form.find(i + ".gone").map(Instant::parse);
      FoundPool found = new FoundPool(form.get(i + ".key"), form.find(i + ".check"));
      pools.add(new LastingPool(found, gone));
    }
    return List.copyOf(pools);
  }
}

package dev.weir.store.sqlite;

import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.spi.PauseStore;
import dev.weir.spi.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The pauses, one row each; the name of the one for all proxies is empty. */
final class PauseTable implements PauseStore {

  private final Database database;

  PauseTable(Database database) {
    this.database = database;
  }

  @Override
  public List<Pause> loadPauses() throws StoreException {
    return database.read(connection -> {
      List<Pause> pauses = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery("SELECT proxy, body, sum FROM pause")) {
        while (row.next()) {
          String proxy = row.getString(1);
          String body = row.getString(2);
          Integrity.check(row.getLong(3), Sum.of(proxy, body), database.file());
          Optional<ProxyName> name =
              proxy.isEmpty() ? Optional.empty() : Optional.of(new ProxyName(proxy));
          pauses.add(read(name, Form.read(body)));
        }
      }
      return List.copyOf(pauses);
    });
  }

  private static Pause read(Optional<ProxyName> proxy, Form form) {
    return new Pause(
        proxy, revision(form), OverrideForm.readAttribution(form), form.find("contested"));
  }

  @Override
  public void changePauses(List<Pause> kept, List<Optional<ProxyName>> dropped)
      throws StoreException {
    database.write(connection -> put(connection, kept) + drop(connection, dropped));
  }

  private static int put(Connection connection, List<Pause> pauses) throws SQLException {
    try (PreparedStatement put =
        connection.prepareStatement("INSERT OR REPLACE INTO pause VALUES (?, ?, ?)")) {
      for (Pause pause : pauses) {
        String proxy = key(pause.proxy());
        String body = body(pause);
        put.setString(1, proxy);
        put.setString(2, body);
        put.setLong(3, Sum.of(proxy, body));
        put.addBatch();
      }
      return put.executeBatch().length;
    }
  }

  private static String body(Pause pause) {
    Form form = OverrideForm.write(new Form(), pause.attribution());
    pause.revision().ifPresent(revision -> form.put("revision", Long.toString(revision)));
    return form.putIfPresent("contested", pause.contested()).write();
  }

  private static int drop(Connection connection, List<Optional<ProxyName>> proxies)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM pause WHERE proxy = ?")) {
      for (Optional<ProxyName> proxy : proxies) {
        delete.setString(1, key(proxy));
        delete.addBatch();
      }
      return delete.executeBatch().length;
    }
  }

  private static OptionalLong revision(Form form) {
    Optional<String> number = form.find("revision");
    return number.isPresent()
        ? OptionalLong.of(Long.parseLong(number.get()))
        : OptionalLong.empty();
  }

  private static String key(Optional<ProxyName> proxy) {
    return proxy.map(ProxyName::value).orElse("");
  }
}

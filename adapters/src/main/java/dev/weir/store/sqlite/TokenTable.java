package dev.weir.store.sqlite;

import dev.weir.model.AccessToken;
import dev.weir.spi.StoreException;
import dev.weir.spi.TokenStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The access tokens, one row each, without their secrets. */
final class TokenTable implements TokenStore {

  private final Database database;

  TokenTable(Database database) {
    this.database = database;
  }

  @Override
  public List<AccessToken> loadTokens() throws StoreException {
    return database.read(connection -> {
      List<AccessToken> tokens = new ArrayList<>();
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("SELECT name, body, sum FROM token ORDER BY name")) {
        while (row.next()) {
          String name = row.getString(1);
          String body = row.getString(2);
          Integrity.check(row.getLong(3), Sum.of(name, body), database.file());
          Form form = Form.read(body);
          tokens.add(
              new AccessToken(
                  name,
                  AccessToken.Role.valueOf(form.get("role")),
                  form.get("sha256"),
                  OverrideForm.readAttribution(form)));
        }
      }
      return List.copyOf(tokens);
    });
  }

  @Override
  public void putToken(AccessToken token) throws StoreException {
    Form form = new Form().put("role", token.role().name()).put("sha256", token.sha256());
    String body = OverrideForm.write(form, token.attribution()).write();
    database.write(connection -> {
      try (PreparedStatement put =
          connection.prepareStatement("INSERT OR REPLACE INTO token VALUES (?, ?, ?)")) {
        put.setString(1, token.name());
        put.setString(2, body);
        put.setLong(3, Sum.of(token.name(), body));
        return put.executeUpdate();
      }
    });
  }

  @Override
  public void dropToken(String name) throws StoreException {
    database.write(connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM token WHERE name = ?")) {
        delete.setString(1, name);
        return delete.executeUpdate();
      }
    });
  }
}

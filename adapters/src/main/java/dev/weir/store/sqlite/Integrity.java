package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Looks for damage before what was read is believed. */
final class Integrity {

  private Integrity() {}

  /** Reads all pages of a table and of its indexes. */
  static void check(Statement statement, String table, Path file)
      throws SQLException, StoreException {
    try (ResultSet row = statement.executeQuery("PRAGMA integrity_check('" + table + "')")) {
      String finding = row.getString(1);
      if (!finding.equals("ok")) {
        throw new Failures(file).damaged(finding);
      }
    }
  }

  /** Compares a row's checksum with the one it was written with. */
  static void check(long written, long found, Path file) throws StoreException {
    if (written != found) {
      throw new Failures(file).damaged("a row is not what was written");
    }
  }
}

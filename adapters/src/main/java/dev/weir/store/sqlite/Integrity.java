package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Looks for damage before what was read is believed. */
final class Integrity {

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  private Integrity() {}

  /** Looks before SQLite does, which makes a database of its own out of an empty file. */
  static void checkKind(Path file) throws StoreException {
    try (InputStream in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new Failures(file).damaged("it is empty, or no database");
      }
    } catch (IOException e) {
      throw new StoreException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

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

package dev.weir.store.sqlite;

import dev.weir.model.OperatorOverride;
import dev.weir.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads what a state folder knows, changing nothing in it, whether a Weir holds it or not. It reads
 * a copy: the log is copied before the database, so that what is folded from one into the other
 * meanwhile is in the copy twice and never missing; a copy that is torn all the same fails its
 * checksums and is taken again.
 */
public final class Bystander {

  private static final int TRIES = 3;

  private Bystander() {}

  /**
   * What operators decided, oldest first; empty where the folder has no database.
   *
   * @throws StoreException when it cannot be read, or is damaged
   */
  public static List<OperatorOverride> overrides(Path folder) throws StoreException {
    Path file = SqliteStore.fileIn(folder);
    if (!Files.exists(file)) {
      return List.of();
    }
    StoreException last = new StoreException(file + ": cannot be read");
    for (int attempt = 0; attempt < TRIES; attempt++) {
      try {
        return ofCopy(file);
      } catch (StoreException e) {
        last = e;
      }
    }
    throw last;
  }

  private static List<OperatorOverride> ofCopy(Path file) throws StoreException {
    Integrity.checkKind(file);
    try {
      Path scratch = Files.createTempDirectory("weir-look");
      try {
        Path copy = scratch.resolve("weir.db");
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        if (Files.exists(log)) {
          Files.copy(log, scratch.resolve("weir.db-wal"));
        }
        Files.copy(file, copy);
        NativeLibrary.unpackInto(scratch.resolve("native"));
        return read(copy, file);
      } finally {
        delete(scratch);
      }
    } catch (IOException e) {
      throw new StoreException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  private static List<OperatorOverride> read(Path copy, Path named) throws StoreException {
    try (Connection connection = Connections.toExisting(copy);
        Statement statement = connection.createStatement()) {
      return OverrideTable.load(statement, named);
    } catch (SQLException | IllegalArgumentException e) {
      throw new Failures(named).explain(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

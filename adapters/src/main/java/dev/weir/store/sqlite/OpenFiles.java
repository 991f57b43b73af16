package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * The database and its log as they were opened. SQLite goes on writing to files whose names are
 * gone, where a restart never finds anything: a write counts only while both names still lead to
 * the very files that are open. Used by the store's own thread.
 */
final class OpenFiles {

  private final Path database;
  private final Path log;
  private final Object databaseKey;
  private @Nullable Object logKey;

  /** The files of a database that has just been opened. */
  OpenFiles(Path database) throws StoreException {
    this.database = database;
    this.log = database.resolveSibling(database.getFileName() + "-wal");
    @Nullable Object found = key(database);
    if (found == null) {
      throw gone(database);
    }
    this.databaseKey = found;
    this.logKey = key(log);
  }

  /**
   * Looks whether they are still there.
   *
   * @throws StoreException when one was removed, moved away or replaced
   */
  void check() throws StoreException {
    if (!databaseKey.equals(key(database))) {
      throw gone(database);
    }
    @Nullable Object found = key(log);
    if (logKey == null) {
      logKey = found; // it is made by the first write
    } else if (!logKey.equals(found)) {
      throw gone(log);
    }
  }

  private static @Nullable Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException notThere) {
      return null;
    }
  }

  private static StoreException gone(Path file) {
    return new StoreException(
        ("%s: is not the file any more that this Weir has opened: it was removed, moved or replaced"
                + " while Weir runs; nothing is kept until it is back: put the folder back, or"
                + " restart Weir, which goes on with what lies there then")
            .formatted(file));
  }
}

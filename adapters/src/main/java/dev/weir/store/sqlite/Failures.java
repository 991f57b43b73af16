package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.util.Objects;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of the database means and what to do about it. */
final class Failures {

  private final Path file;

  Failures(Path file) {
    this.file = file;
  }

  /** The failure in words for people. */
  StoreException explain(Throwable failure) {
    return switch (failure) {
      case StoreException explained -> explained;
      case SQLiteException sqlite -> new StoreException(words(sqlite), sqlite);
      case IllegalArgumentException unreadable -> damaged(message(unreadable), unreadable);
      case DateTimeException unreadable -> damaged(message(unreadable), unreadable);
      default -> new StoreException("%s: %s".formatted(file, failure), failure);
    };
  }

  /** The file holds something that Weir never wrote. */
  StoreException damaged(String how, Throwable cause) {
    return new StoreException(words(how), cause);
  }

  /** The file holds something that Weir never wrote. */
  StoreException damaged(String how) {
    return new StoreException(words(how));
  }

  private String words(String how) {
    return ("%s: damaged: %s; nothing was changed: put a copy in its place, or move it away together"
            + " with its -wal file (overrides and history are lost then)")
        .formatted(file, how.replaceAll("\\s+", " "));
  }

  private String words(SQLiteException failure) {
    return switch (primary(failure.getResultCode())) {
      case SQLITE_CORRUPT, SQLITE_NOTADB -> words(message(failure));
      case SQLITE_FULL -> file + ": the disk is full; make room, nothing was changed";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          "%s: cannot be opened to write: %s; check owner and permissions"
              .formatted(file, message(failure));
      case SQLITE_BUSY, SQLITE_LOCKED -> file + ": another program holds the database; stop it";
      default -> "%s: %s; nothing was changed".formatted(file, message(failure));
    };
  }

  /** The error without its details, which SQLite keeps in the upper bits. */
  private static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & 0xff);
  }

  private static String message(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }
}

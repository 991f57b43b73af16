package dev.weir.store.sqlite;

import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.contract.StoreRig;
import dev.weir.testkit.contract.Stores;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/** The real store in a temporary folder. */
final class SqliteRig implements StoreRig {

  private static final int PAGE = 4096;

  private final Path base;
  private Path folder;
  private int lives;
  private Optional<SqliteStore> store = Optional.empty();

  SqliteRig(Path base) {
    this.base = base;
    this.folder = base.resolve("state-0");
  }

  static Path databaseIn(Path folder) {
    return folder.resolve("weir.db");
  }

  @Override
  public Stores open() throws StoreException {
    SqliteStore.Settings settings =
        new SqliteStore.Settings(folder, Retention.DEFAULT, new ManualTime(), WriteMeter.NONE);
    try {
      SqliteStore opened = SqliteStore.open(settings);
      store = Optional.of(opened);
      return new Stores(
          opened.overrides(),
          opened.catalog(),
          opened.events(),
          opened.configuration(),
          opened.pauses(),
          opened.revisions(),
          opened.tokens(),
          opened.poolSets(),
          opened.jobs());
    } catch (SetupException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void shut() {
    store.ifPresent(SqliteStore::close);
    store = Optional.empty();
  }

  /** What lies on the disk at this moment is all that is left: it goes on from a copy of that. */
  @Override
  public void kill() throws Exception {
    Path next = Files.createDirectory(base.resolve("state-" + ++lives));
    copy(folder, next);
    shut();
    folder = next;
  }

  /** The database and its log; the index of the log is in memory and dies with the machine. */
  static void copy(Path from, Path to) throws IOException {
    for (String name : new String[] {"weir.db", "weir.db-wal"}) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name));
      }
    }
  }

  /** Everything behind the first page, which says what kind of file it is, becomes zeros. */
  @Override
  public void damage() throws Exception {
    try (FileChannel file = FileChannel.open(databaseIn(folder), StandardOpenOption.WRITE)) {
      int rest = (int) file.size() - PAGE;
      file.write(ByteBuffer.allocate(rest), PAGE);
    }
  }

  /** The database may not grow any more, as on a full disk. */
  @Override
  public void fill() throws Exception {
    limit("page_count");
  }

  @Override
  public void free() throws Exception {
    limit("1000000");
  }

  private void limit(String pages) throws StoreException {
    store
        .orElseThrow()
        .database()
        .write(connection -> {
          try (Statement statement = connection.createStatement()) {
            String most = pages;
            if (pages.equals("page_count")) {
              try (ResultSet row = statement.executeQuery("PRAGMA page_count")) {
                most = row.getString(1);
              }
            }
            return statement.execute("PRAGMA max_page_count = " + most);
          }
        });
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(base)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(base)) {
          Files.delete(file);
        }
      }
    }
  }
}

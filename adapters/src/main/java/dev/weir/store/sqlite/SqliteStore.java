package dev.weir.store.sqlite;

import dev.weir.publish.TargetLock;
import dev.weir.spi.CatalogStore;
import dev.weir.spi.ConfigurationStore;
import dev.weir.spi.EventStore;
import dev.weir.spi.JobStore;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.PauseStore;
import dev.weir.spi.PoolSetStore;
import dev.weir.spi.RevisionStore;
import dev.weir.spi.SetupException;
import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import dev.weir.spi.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * All of Weir's durable state: one SQLite database in the state folder, held by one Weir. What is
 * acknowledged has been forced to the disk. Safe for any thread.
 */
public final class SqliteStore implements AutoCloseable {

  private static final String NAME = "weir.db";
  private static final Set<PosixFilePermission> PRIVATE =
      PosixFilePermissions.fromString("rwxr-x---");

  private final TargetLock lock;
  private final Database database;
  private final OverrideTable overrides;
  private final ReportTable reports;
  private final EventTable events;
  private final ConfigurationTable configuration;
  private final PauseTable pauses;
  private final RevisionTable revisions;
  private final TokenTable tokens;
  private final PoolSetTable poolSets;
  private final JobTable jobs;

  /**
   * How the store is opened.
   *
   * @param folder of the state; made where it is missing
   */
  public record Settings(Path folder, Retention retention, Time time, WriteMeter meter) {

    /** The usual ones. */
    public static Settings of(Path folder) {
      return new Settings(folder, Retention.DEFAULT, Time.SYSTEM, WriteMeter.NONE);
    }
  }

  private SqliteStore(TargetLock lock, Database database, Settings settings) {
    this.lock = lock;
    this.database = database;
    this.overrides = new OverrideTable(database);
    this.reports = new ReportTable(database);
    this.events =
        new EventTable(database, new Pruning(database, settings.retention(), settings.time()));
    this.configuration = new ConfigurationTable(database);
    this.pauses = new PauseTable(database);
    this.tokens = new TokenTable(database);
    this.poolSets = new PoolSetTable(database);
    this.jobs = new JobTable(database);
    this.revisions = new RevisionTable(database, settings.time());
  }

  /**
   * Opens the store, and makes it where there is none.
   *
   * @throws SetupException when another Weir holds the folder, naming that one; or when the folder
   *     cannot be used
   * @throws StoreException when the database is damaged or of a newer schema
   */
  public static SqliteStore open(Settings settings) throws SetupException, StoreException {
    return open(settings, Schema.CURRENT);
  }

  static SqliteStore open(Settings settings, Schema schema) throws SetupException, StoreException {
    Path folder = settings.folder();
    prepare(folder);
    Path file = fileIn(folder);
    TargetLock lock = TargetLock.take(file, folder);
    try {
      createIfMissing(file, schema);
      Database database = Database.open(file, schema, settings.time(), settings.meter());
      return new SqliteStore(lock, database, settings);
    } catch (StoreException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** The database of a state folder. */
  static Path fileIn(Path folder) {
    return folder.resolve(NAME);
  }

  private static void prepare(Path folder) throws SetupException {
    try {
      Files.createDirectories(folder);
      if (!PRIVATE.containsAll(Files.getPosixFilePermissions(folder))) {
        Files.setPosixFilePermissions(folder, PRIVATE);
      }
      NativeLibrary.unpackInto(folder.resolve("native"));
    } catch (IOException e) {
      throw new SetupException(
          "state: %s (expected: a folder that Weir may write): %s".formatted(folder, e), e);
    }
  }

  private static void createIfMissing(Path file, Schema schema) throws StoreException {
    if (Files.exists(file)) {
      return;
    }
    Failures failures = new Failures(file);
    if (Files.exists(file.resolveSibling(NAME + "-wal"))) {
      throw failures.damaged("its -wal file is there, but not the database itself");
    }
    try {
      schema.create(file);
    } catch (IOException | SQLException e) {
      throw failures.explain(e);
    }
  }

  /** What people decided. */
  public OverrideStore overrides() {
    return overrides;
  }

  /** The last good reports, and the generations. */
  public CatalogStore catalog() {
    return reports;
  }

  /** The pools of pool sets. */
  public PoolSetStore poolSets() {
    return poolSets;
  }

  /** Which proxies are left alone. */
  public PauseStore pauses() {
    return pauses;
  }

  /** Who may come in with which secret. */
  public TokenStore tokens() {
    return tokens;
  }

  /** What long things people want done. */
  public JobStore jobs() {
    return jobs;
  }

  /** What was applied to proxies. */
  public RevisionStore revisions() {
    return revisions;
  }

  /** What happened. */
  public EventStore events() {
    return events;
  }

  /** The configuration accepted last. */
  public ConfigurationStore configuration() {
    return configuration;
  }

  /**
   * Writes something that changes nothing, to know whether anything can be kept.
   *
   * @throws StoreException when it cannot: the disk is full, the folder is gone
   */
  public void probe() throws StoreException {
    database.write(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate("UPDATE generation SET next = next");
      }
    });
  }

  /** The size of the database in bytes, without what deleted rows have left. */
  public long sizeBytes() throws StoreException {
    return database.read(Pruning::size);
  }

  Database database() {
    return database;
  }

  /** Ends what is being written, closes the database, and gives up the folder. */
  @Override
  public void close() {
    database.close();
    lock.close();
  }
}

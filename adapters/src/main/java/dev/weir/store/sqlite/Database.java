package dev.weir.store.sqlite;

import dev.weir.spi.StoreException;
import dev.weir.spi.Time;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The open database and the one thread that works on it, in the order of asking. It is a thread of
 * the platform, because SQLite waits for the disk inside native code, where a virtual thread would
 * hold up all others that share its carrier.
 */
final class Database implements AutoCloseable {

  private final Path file;
  private final Time time;
  private final WriteMeter meter;
  private final OpenFiles files;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name("weir-store").factory());

  /** The thread's own. */
  private final Connection connection;

  private Database(Path file, Connection connection, Time time, WriteMeter meter)
      throws StoreException {
    this.file = file;
    this.files = new OpenFiles(file);
    this.connection = connection;
    this.time = time;
    this.meter = meter;
  }

  /**
   * Opens a database that exists, and brings its schema up to date.
   *
   * @throws StoreException when it is damaged, of a newer schema, or cannot be opened
   */
  static Database open(Path file, Schema schema, Time time, WriteMeter meter)
      throws StoreException {
    Integrity.checkKind(file);
    try {
      Connection connection = Connections.toExisting(file);
      try {
        schema.bringUpToDate(connection, file);
        return new Database(file, connection, time, meter);
      } catch (SQLException | StoreException e) {
        connection.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new Failures(file).explain(e);
    }
  }

  Path file() {
    return file;
  }

  /**
   * Does some work in one transaction; durable on return.
   *
   * @throws StoreException when it could not be made durable; then nothing has changed
   */
  <T extends @Nullable Object> T write(Transaction.Work<T> work) throws StoreException {
    return await(() -> measured(work));
  }

  /** Looks at what is durable. */
  <T extends @Nullable Object> T read(Transaction.Work<T> work) throws StoreException {
    return await(() -> work.on(connection));
  }

  private <T extends @Nullable Object> T measured(Transaction.Work<T> work) throws StoreException {
    long start = time.nanos();
    try {
      files.check();
      T result = Transaction.run(connection, work);
      files.check(); // else a removal in this very moment would be acknowledged
      meter.wrote(since(start));
      return result;
    } catch (SQLException | RuntimeException e) {
      throw failed(new Failures(file).explain(e), start);
    } catch (StoreException e) {
      throw failed(e, start);
    }
  }

  private StoreException failed(StoreException failure, long start) {
    meter.failed(since(start), String.valueOf(failure.getMessage()));
    return failure;
  }

  private Duration since(long start) {
    return Duration.ofNanos(time.nanos() - start);
  }

  /** Waits also when interrupted: whether the work was done must not stay unknown. */
  private <T extends @Nullable Object> T await(Callable<T> work) throws StoreException {
    boolean interrupted = false;
    try {
      Future<T> future = thread.submit(work);
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (RejectedExecutionException e) {
      throw new StoreException(file + ": the store is closed", e);
    } catch (ExecutionException e) {
      throw new Failures(file).explain(e.getCause() == null ? e : e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Finishes what was asked for, folds the log into the database, and closes it. */
  @Override
  public void close() {
    thread.execute(this::closeConnection);
    thread.close();
  }

  private void closeConnection() {
    try {
      connection.close();
    } catch (SQLException unusable) {
      // What was acknowledged is durable already; the log is folded in at the next start.
    }
  }
}

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
 * The open database: one thread that writes and one that reads. They are threads of the platform,
 * because SQLite waits for the disk inside native code, where a virtual thread would hold up all
 * others that share its carrier.
 */
final class Database implements AutoCloseable {

  private final Path file;
  private final Time time;
  private final WriteMeter meter;
  private final ExecutorService writing = oneThread("weir-store-write");
  private final ExecutorService reading = oneThread("weir-store-read");

  /** The writing thread's own. */
  private final Connection writer;

  /** The reading thread's own; opened by the first read. */
  private @Nullable Connection reader;

  private Database(Path file, Connection writer, Time time, WriteMeter meter) {
    this.file = file;
    this.writer = writer;
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
    Failures failures = new Failures(file);
    try {
      Connection writer = Connections.toWrite(file);
      try {
        schema.bringUpToDate(writer, file);
        return new Database(file, writer, time, meter);
      } catch (SQLException | StoreException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw failures.explain(e);
    }
  }

  private static ExecutorService oneThread(String name) {
    return Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().name(name).factory());
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
    return await(writing, () -> transact(work));
  }

  /** Looks at what is durable, beside any writing. */
  <T extends @Nullable Object> T read(Transaction.Work<T> work) throws StoreException {
    return await(reading, () -> work.on(readerConnection()));
  }

  /** Runs on the writing thread. */
  private <T extends @Nullable Object> T transact(Transaction.Work<T> work)
      throws SQLException, StoreException {
    long start = time.nanos();
    boolean done = false;
    try {
      T result = Transaction.run(writer, work);
      done = true;
      return result;
    } finally {
      Duration took = Duration.ofNanos(time.nanos() - start);
      if (done) {
        meter.wrote(took);
      } else {
        meter.failed(took);
      }
    }
  }

  /** Runs on the reading thread. */
  private Connection readerConnection() throws SQLException {
    Connection open = reader;
    if (open == null) {
      open = Connections.toRead(file);
      reader = open;
    }
    return open;
  }

  /** Waits also when interrupted: whether the work was done must not stay unknown. */
  private <T extends @Nullable Object> T await(ExecutorService thread, Callable<T> work)
      throws StoreException {
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

  /** Ends both threads after what they are doing, and closes the file. */
  @Override
  public void close() {
    reading.execute(() -> Connections.close(reader));
    reading.close();
    writing.execute(() -> Connections.close(writer));
    writing.close();
  }
}

package dev.weir.folders;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files in bounded time, whatever they turn into. A file may be replaced by a pipe between
 * the look that found it to be a file and its opening; opening a pipe that nobody writes to takes
 * for ever and heeds no interrupt. So it happens on a thread of its own that may be left alone.
 */
public final class BoundedReading {

  private static final Logger LOG = LoggerFactory.getLogger(BoundedReading.class);

  /** A thousand times what opening takes, also on a network file system. */
  private static final Duration OPENING = Duration.ofSeconds(2);

  private static final Duration READING = Duration.ofSeconds(20);

  private final Path path;
  private final int most;
  private final CompletableFuture<FileChannel> opened = new CompletableFuture<>();
  private final CompletableFuture<byte[]> read = new CompletableFuture<>();

  private BoundedReading(Path path, int most) {
    this.path = path;
    this.most = most;
  }

  /**
   * The first bytes of a file.
   *
   * @param most how many at most
   * @throws IOException when it cannot be opened or read, or not in time
   * @throws InterruptedException at once after an interrupt
   */
  public static byte[] of(Path path, int most) throws IOException, InterruptedException {
    return new BoundedReading(path, most).bytes();
  }

  private byte[] bytes() throws IOException, InterruptedException {
    Thread ignored = Thread.ofPlatform().daemon().name("read " + path).start(this::run);
    try {
      FileChannel channel = await(opened, OPENING, "cannot be opened");
      try (channel) { // closing it ends a reading that goes on
        return await(read, READING, "cannot be read");
      }
    } catch (IOException | InterruptedException failed) {
      leave();
      throw failed;
    }
  }

  private static <T> T await(Future<T> what, Duration atMost, String failure)
      throws IOException, InterruptedException {
    try {
      return what.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new IOException("%s within %d s".formatted(failure, atMost.toSeconds()), late);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof IOException cause
          ? cause
          : new IOException(failed.getCause());
    }
  }

  private void run() {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      if (opened.complete(channel)) {
        read.complete(Channels.newInputStream(channel).readNBytes(most));
      } else {
        channel.close(); // nobody waits any more
      }
    } catch (IOException | RuntimeException | OutOfMemoryError failed) {
      boolean ignored = opened.completeExceptionally(failed);
      ignored = read.completeExceptionally(failed);
    }
  }

  /** Nobody waits any more; a pipe that is still being opened gets a writer for a moment. */
  private void leave() throws IOException {
    if (!opened.cancel(false)) {
      if (opened.state() == Future.State.SUCCESS) {
        opened.resultNow().close(); // it was opened in the very last moment
      }
    } else if (isPipe()) {
      try {
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
      } catch (IOException notOurs) {
        LOG.debug("{} is left to be opened: {}", path, notOurs.toString());
      }
    }
  }

  private boolean isPipe() {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).isOther();
    } catch (IOException gone) {
      return false;
    }
  }
}

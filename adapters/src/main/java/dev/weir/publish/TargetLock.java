package dev.weir.publish;

import dev.weir.spi.SetupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one Weir on a file: a lock on {@code .NAME.weir-lock} beside it that says who holds
 * it. The kernel gives it up when the holder ends, however it ends; the file itself stays.
 */
public final class TargetLock implements AutoCloseable {

  /**
   * Who holds which lock file in this process. The kernel's locks belong to the process: opening
   * and closing the file a second time would give up the first one's lock.
   */
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;

  private TargetLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Claims the file.
   *
   * @param state the state folder of this Weir, for the message that another one gets
   * @throws SetupException when another Weir holds it, naming that one; or when the lock file
   *     cannot be written
   */
  public static TargetLock take(Path target, Path state) throws SetupException {
    Path absolute = target.toAbsolutePath().normalize();
    Path real = realOf(absolute);
    Path file = Beside.named(real, "lock");
    String me =
        "pid %d on %s, state %s"
            .formatted(ProcessHandle.current().pid(), hostName(), state.toAbsolutePath());
    String other = HELD_HERE.putIfAbsent(file, me);
    if (other != null) {
      throw taken(target, other);
    }
    try {
      return new TargetLock(file, locked(target, file, me));
    } catch (IOException e) {
      HELD_HERE.remove(file);
      throw new SetupException(
          "%s: cannot take the lock %s: %s (expected: a folder that Weir may write)"
              .formatted(target, file, e),
          e);
    } catch (SetupException e) {
      HELD_HERE.remove(file);
      throw e;
    }
  }

  /**
   * Claims several files, all or none.
   *
   * @throws SetupException as {@link #take}
   */
  public static List<TargetLock> takeAll(List<Path> targets, Path state) throws SetupException {
    List<TargetLock> locks = new ArrayList<>();
    try {
      for (Path target : targets) {
        locks.add(take(target, state));
      }
      return List.copyOf(locks);
    } catch (SetupException e) {
      locks.forEach(TargetLock::close);
      throw e;
    }
  }

  private static FileChannel locked(Path target, Path file, String me)
      throws IOException, SetupException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean done = false;
    try {
      @Nullable FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(target, Files.readString(file, StandardCharsets.UTF_8).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((me + "\n").getBytes(StandardCharsets.UTF_8)), 0);
      done = true;
      return channel;
    } finally {
      if (!done) {
        channel.close();
      }
    }
  }

  private static SetupException taken(Path target, String holder) {
    return new SetupException(
        "%s: another Weir keeps this file (%s); stop that one, or give this one another file"
            .formatted(target, holder.isEmpty() ? "it does not say which" : holder));
  }

  /** A process id says little on its own where the folder is shared by machines or containers. */
  private static String hostName() {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException unknown) {
      return "this machine";
    }
  }

  private static Path realOf(Path absolute) {
    try {
      return absolute.toRealPath();
    } catch (IOException notThereYet) {
      return absolute;
    }
  }

  /** Gives the claim up. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot give up the lock " + file, e);
    } finally {
      HELD_HERE.remove(file);
    }
  }
}

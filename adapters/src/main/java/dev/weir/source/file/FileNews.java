package dev.weir.source.file;

import dev.weir.folders.FolderWatcher;
import dev.weir.folders.FolderWatcher.Listener;
import dev.weir.folders.FolderWatcher.Subscription;
import dev.weir.folders.Stamp;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is heard of one file: that something may have happened to it, and whether it was a rename.
 * It listens to the folder of the path, to the folder that the path leads to behind symbolic links,
 * and where these do not exist to the nearest folder above that does.
 *
 * <p>The watch service does not tell a rename from a creation, but the kernel reports a rename as
 * two events in a row: the old name goes, the new one comes. A file that is created by being
 * written has no such forerunner, and is modified afterwards.
 */
final class FileNews implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FileNews.class);

  private final Path path;
  private final FolderWatcher folders;
  private final Time time;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();
  private final Listener listener;

  /** Something may have happened since the last wait; guarded by the lock. */
  private boolean news;

  /**
   * The last that was heard of the file is that it was renamed to its path; guarded by the lock.
   */
  private boolean renamed;

  /** Whether other names than the file's own matter, because of links; the source's thread sets. */
  private volatile boolean everyName = true;

  /** What is listened to, by folder; used by the source's thread alone. */
  private final Map<Path, Ears> subscriptions = new HashMap<>();

  /** Whether the folders that could not be watched were mentioned; the source's thread alone. */
  private boolean complained;

  /** A subscription and the folder's identity when it began. */
  private record Ears(Subscription subscription, Optional<Object> identity) {}

  FileNews(Path path, FolderWatcher folders, Time time) {
    this.path = path;
    this.folders = folders;
    this.time = time;
    this.listener = new Ear(path.getFileName());
  }

  /** Looks at the file, and listens from before the look to all that can change it. */
  Stamp look() {
    Stamp stamp = Stamp.of(path);
    while (listen(wanted(stamp))) {
      stamp = Stamp.of(path);
    }
    boolean direct = stamp instanceof Stamp.Present present && present.real().equals(path);
    everyName = !direct;
    return stamp;
  }

  /**
   * Whether the last that was heard of the file, since this was last asked, is that something was
   * renamed to its path.
   */
  boolean takeRenamed() {
    lock.lock();
    try {
      boolean was = renamed;
      renamed = false;
      return was;
    } finally {
      lock.unlock();
    }
  }

  /** Waits for news, at most so long. */
  void await(Duration atMost) throws InterruptedException {
    long deadline = time.nanos() + atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!news && time.nanos() < deadline) {
        time.await(lock, heard, Duration.ofNanos(deadline - time.nanos()));
      }
      news = false;
    } finally {
      lock.unlock();
    }
  }

  private Set<Path> wanted(Stamp stamp) {
    Set<Path> wanted = new HashSet<>();
    wanted.add(existingAbove(path));
    if (stamp instanceof Stamp.Present present) {
      wanted.add(existingAbove(present.real()));
    }
    return wanted;
  }

  /** The nearest folder above a path that exists. */
  private static Path existingAbove(Path path) {
    for (Path above = path.getParent(); above != null; above = above.getParent()) {
      if (Files.isDirectory(above)) {
        return above;
      }
    }
    return path;
  }

  /** Listens to these folders and to no others; tells whether to look again because of that. */
  private boolean listen(Set<Path> wanted) {
    subscriptions
        .entrySet()
        .removeIf(entry -> {
          boolean stays = wanted.contains(entry.getKey()) && isCurrent(entry);
          if (!stays) {
            entry.getValue().subscription().close();
          }
          return !stays;
        });
    boolean more = false;
    for (Path folder : wanted) {
      more |= !subscriptions.containsKey(folder) && subscribe(folder);
    }
    return more;
  }

  private static boolean isCurrent(Map.Entry<Path, Ears> entry) {
    return entry.getValue().subscription().isAlive()
        && entry.getValue().identity().equals(identity(entry.getKey()));
  }

  private boolean subscribe(Path folder) {
    try {
      Optional<Object> identity = identity(folder);
      subscriptions.put(folder, new Ears(folders.listen(folder, listener), identity));
      return true;
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException unwatchable) {
      if (!complained) {
        LOG.warn(
            "cannot watch {}, changes are seen by looking every {} ms: {}",
            folder,
            FileSource.LOOK_EVERY.toMillis(),
            String.valueOf(unwatchable.getMessage()));
        complained = true;
      }
      return false;
    }
  }

  private static Optional<Object> identity(Path folder) {
    try {
      return Optional.of(Files.getAttribute(folder, "unix:ino"));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    subscriptions.values().forEach(ears -> ears.subscription().close());
    subscriptions.clear();
  }

  /**
   * Takes what the watcher's thread says. In a folder of many lists nearly all of it is about
   * others, and is passed over without a lock.
   */
  private final class Ear implements Listener {
    private final @Nullable Path own;

    /** Whether the event before was that some entry went; the watcher's thread alone. */
    private boolean somethingWent;

    private Ear(@Nullable Path own) {
      this.own = own;
    }

    @Override
    public void happened(WatchEvent.Kind<?> kind, Path entry) {
      boolean isOwn = entry.equals(own);
      if (isOwn) {
        boolean came = kind.equals(StandardWatchEventKinds.ENTRY_CREATE);
        hear(came && somethingWent);
      } else if (everyName) {
        wake();
      }
      somethingWent = !isOwn && kind.equals(StandardWatchEventKinds.ENTRY_DELETE);
    }

    @Override
    public void lost() {
      hear(false);
      somethingWent = false;
    }

    private void hear(boolean asRename) {
      lock.lock();
      try {
        renamed = asRename;
        wake();
      } finally {
        lock.unlock();
      }
    }

    private void wake() {
      lock.lock();
      try {
        news = true;
        heard.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}

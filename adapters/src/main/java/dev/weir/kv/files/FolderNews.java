package dev.weir.kv.files;

import dev.weir.folders.FolderWatcher;
import dev.weir.folders.FolderWatcher.Subscription;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether something may have happened in any of several folders. Used by one thread. */
final class FolderNews implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderNews.class);

  private final FolderWatcher folders;
  private final Time time;
  private final Map<Path, Subscription> subscriptions = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition heard = lock.newCondition();

  /** Something may have happened since the last wait; guarded by the lock. */
  private boolean news;

  private boolean complained;

  FolderNews(FolderWatcher folders, Time time) {
    this.folders = folders;
    this.time = time;
  }

  /** Listens to these folders and no others; tells whether it did not yet listen to one of them. */
  boolean listen(Set<Path> wanted) {
    subscriptions
        .entrySet()
        .removeIf(entry -> {
          boolean ends = !wanted.contains(entry.getKey()) || !entry.getValue().isAlive();
          if (ends) {
            entry.getValue().close();
          }
          return ends;
        });
    boolean more = false;
    for (Path folder : wanted) {
      more |= !subscriptions.containsKey(folder) && subscribe(folder);
    }
    return more;
  }

  private boolean subscribe(Path folder) {
    try {
      subscriptions.put(folder, folders.listen(folder, new Ear()));
      return true;
    } catch (NoSuchFileException gone) {
      return false; // its path is looked at all the same
    } catch (IOException unwatchable) {
      if (!complained) {
        complained = true;
        LOG.warn(
            "cannot watch {}, changes are seen by looking: {}",
            folder,
            String.valueOf(unwatchable.getMessage()));
      }
      return false;
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

  /** Waits so long, whatever is heard. */
  void awaitAll(Duration pause) throws InterruptedException {
    time.sleep(pause);
    lock.lockInterruptibly();
    try {
      news = false; // a look follows
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    subscriptions.values().forEach(Subscription::close);
    subscriptions.clear();
  }

  /** Takes what the watcher's thread says. */
  private final class Ear implements FolderWatcher.Listener {
    @Override
    public void happened(WatchEvent.Kind<?> kind, Path entry) {
      hear();
    }

    @Override
    public void lost() {
      hear();
    }

    private void hear() {
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

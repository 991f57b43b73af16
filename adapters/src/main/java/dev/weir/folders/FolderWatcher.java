package dev.weir.folders;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells many listeners of what happens in their folders, with one watch service and one thread for
 * all of them: the kernel gives a user no more than 128 of the former by default. Both exist only
 * while somebody listens. Safe for any thread.
 */
public final class FolderWatcher {

  /** Told of what happens in a folder; called by the watcher's thread, must not block. */
  public interface Listener {

    /** An entry of the folder was created, deleted or changed; a rename is a deletion first. */
    void happened(WatchEvent.Kind<?> kind, Path entry);

    /** Something happened, and it is not known what; the folder may be gone. */
    void lost();
  }

  /** One listener's interest in one folder. */
  public interface Subscription extends AutoCloseable {

    /** Whether the folder is still being watched: false once it was deleted. */
    boolean isAlive();

    @Override
    void close();
  }

  private static final WatchEvent.Kind<?>[] KINDS = {
    StandardWatchEventKinds.ENTRY_CREATE,
    StandardWatchEventKinds.ENTRY_DELETE,
    StandardWatchEventKinds.ENTRY_MODIFY
  };

  /** Absent while nobody listens; guarded by this. */
  private @Nullable WatchService service;

  /** Who listens to what; guarded by this. */
  private final Map<WatchKey, Set<Listener>> listeners = new HashMap<>();

  /**
   * Listens to a folder.
   *
   * @throws IOException when it is not there, or the kernel's limits do not allow another watch
   */
  public synchronized Subscription listen(Path folder, Listener listener) throws IOException {
    WatchService open = service;
    if (open == null) {
      open = FileSystems.getDefault().newWatchService();
    }
    try {
      WatchKey key = folder.register(open, KINDS);
      listeners.computeIfAbsent(key, ignored -> new LinkedHashSet<>()).add(listener);
      if (service == null) {
        service = open;
        start(open);
      }
      return new Listening(key, listener);
    } finally {
      if (service == null) {
        open.close();
      }
    }
  }

  private void start(WatchService open) {
    Thread ignored = Thread.ofVirtual().name("folder-watcher").start(() -> run(open));
  }

  private void run(WatchService open) {
    try {
      while (true) {
        deliver(open.take());
      }
    } catch (ClosedWatchServiceException | InterruptedException nobodyListens) {
      // the last listener has gone
    }
  }

  private void deliver(WatchKey key) {
    List<WatchEvent<?>> events = key.pollEvents();
    boolean alive = key.reset();
    for (Listener listener : listenersOf(key)) {
      events.forEach(event -> tell(listener, event));
      if (!alive) {
        listener.lost();
      }
    }
  }

  private synchronized List<Listener> listenersOf(WatchKey key) {
    return List.copyOf(listeners.getOrDefault(key, Set.of()));
  }

  private static void tell(Listener listener, WatchEvent<?> event) {
    if (event.context() instanceof Path entry) {
      listener.happened(event.kind(), entry);
    } else {
      listener.lost();
    }
  }

  private synchronized void leave(WatchKey key, Listener listener) {
    Set<Listener> others = listeners.get(key);
    if (others == null || !others.remove(listener) || !others.isEmpty()) {
      return;
    }
    listeners.remove(key);
    key.cancel();
    if (listeners.isEmpty()) {
      Optional.ofNullable(service).ifPresent(FolderWatcher::close);
      service = null;
    }
  }

  private static void close(WatchService service) {
    try {
      service.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot stop watching folders", e);
    }
  }

  private final class Listening implements Subscription {
    private final WatchKey key;
    private final Listener listener;

    private Listening(WatchKey key, Listener listener) {
      this.key = key;
      this.listener = listener;
    }

    @Override
    public boolean isAlive() {
      return key.isValid();
    }

    @Override
    public void close() {
      leave(key, listener);
    }
  }
}

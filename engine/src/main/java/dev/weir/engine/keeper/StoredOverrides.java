package dev.weir.engine.keeper;

import dev.weir.model.OperatorOverride;
import dev.weir.model.Target;
import dev.weir.spi.OverrideStore;
import dev.weir.spi.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The overrides as they are on disk. Whoever changes one does so here first; what follows in the
 * same call sees the order in which they became durable. Safe for any thread.
 */
final class StoredOverrides {
  private final OverrideStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, OperatorOverride> stored = new LinkedHashMap<>(); // guarded by lock

  private record Key(Target target, OperatorOverride.Slot slot) {
    static Key of(OperatorOverride override) {
      return new Key(override.target(), override.slot());
    }
  }

  StoredOverrides(OverrideStore store) throws StoreException {
    this.store = store;
    store.load().forEach(override -> stored.put(Key.of(override), override));
  }

  /** All, oldest first. */
  List<OperatorOverride> all() {
    lock.lock();
    try {
      return List.copyOf(stored.values());
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes changes durable, all or none, then does what follows before anybody else can change one.
   */
  void change(List<OverrideStore.Change> changes, Runnable then) throws StoreException {
    lock.lock();
    try {
      store.change(changes);
      for (OverrideStore.Change change : changes) {
        switch (change) {
          case OverrideStore.Change.Set set -> {
            stored.remove(Key.of(set.override()));
            stored.put(Key.of(set.override()), set.override());
          }
          case OverrideStore.Change.Clear clear ->
              stored.remove(new Key(clear.target(), clear.slot()));
        }
      }
      then.run();
    } finally {
      lock.unlock();
    }
  }

  /** Drops from disk what has expired and was not set anew meanwhile. */
  void dropExpired(Instant now) throws StoreException {
    lock.lock();
    try {
      for (OperatorOverride override : new ArrayList<>(stored.values())) {
        if (expired(override, now)) {
          store.clear(override.target(), override.slot());
          stored.remove(Key.of(override));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether an override has ended by itself. */
  static boolean expired(OperatorOverride override, Instant now) {
    return override.attribution().until().filter(until -> !until.isAfter(now)).isPresent();
  }
}

package dev.weir.testkit.fake;

import dev.weir.spi.KeyValueStore;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld.Ability;
import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keys and values in memory, and the reference implementation of {@link KeyValueStore}. Safe for
 * any thread.
 */
public final class MemoryStore implements KeyValueWorld {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final SortedMap<String, String> pairs = new TreeMap<>(); // guarded by the lock
  private Optional<Fault> fault = Optional.empty(); // guarded by the lock

  @Override
  public KeyValueStore store() {
    return new Client();
  }

  private final class Client implements KeyValueStore {
    @Override
    public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
      String checked = KeyValueStore.checkPrefix(prefix);
      SortedMap<String, String> told = look(checked);
      sink.pairs(told);
      while (true) {
        told = awaitOther(checked, told);
        sink.pairs(told);
      }
    }

    @Override
    public void close() {
      // nothing is open
    }
  }

  private SortedMap<String, String> awaitOther(String prefix, SortedMap<String, String> than)
      throws IOException, InterruptedException {
    lock.lockInterruptibly();
    try {
      SortedMap<String, String> now = look(prefix);
      while (now.equals(than)) {
        changed.await();
        now = look(prefix);
      }
      return now;
    } finally {
      lock.unlock();
    }
  }

  private SortedMap<String, String> look(String prefix) throws IOException {
    lock.lock();
    try {
      if (fault.isPresent()) {
        throw new IOException("failed: " + fault.get());
      }
      String folder = prefix.endsWith("/") ? prefix : prefix + "/";
      SortedMap<String, String> found = new TreeMap<>();
      pairs.forEach((key, value) -> {
        if (key.startsWith(folder) || key.equals(prefix)) {
          found.put(key, value);
        }
      });
      return Collections.unmodifiableSortedMap(found);
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable what) {
    lock.lock();
    try {
      what.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public String root() {
    return "/memory";
  }

  @Override
  public void put(String key, String value) {
    change(() -> pairs.put(key, value));
  }

  @Override
  public void delete(String key) {
    change(() -> pairs.remove(key));
  }

  @Override
  public void fail(Fault how) {
    change(() -> fault = Optional.of(how));
  }

  @Override
  public void heal() {
    change(() -> fault = Optional.empty());
  }

  @Override
  public void recreate(Map<String, String> with) {
    change(() -> {
      pairs.clear();
      pairs.putAll(with);
    });
  }

  @Override
  public Map<Ability, String> unable() {
    return Map.of();
  }

  @Override
  public void close() {
    // nothing is open
  }
}

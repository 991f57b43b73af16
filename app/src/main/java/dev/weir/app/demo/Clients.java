package dev.weir.app.demo;

import dev.weir.app.demo.Connection.Keep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients of one proxy that ask all the time and keep count: one keeps its connection, one does
 * not.
 */
final class Clients implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(8);
  private static final int KEPT_FAILURES = 20;

  private final String proxy;
  private final int port;
  private final AtomicLong good = new AtomicLong();
  private final AtomicLong repeated = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Map<String, Long> firstAnswerNanos = new ConcurrentHashMap<>();
  private final Map<String, Long> lastAnswerNanos = new ConcurrentHashMap<>();
  private final AtomicLong lastSeveralNanos = new AtomicLong(System.nanoTime());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> threads = new ArrayList<>();

  Clients(String proxy, int port) {
    this.proxy = proxy;
    this.port = port;
  }

  void start() {
    for (Keep keep : Keep.values()) {
      threads.add(Thread.ofVirtual().name(proxy + " client").start(() -> ask(keep)));
    }
  }

  String proxy() {
    return proxy;
  }

  long good() {
    return good.get();
  }

  /** Requests repeated on a new connection because a kept one had been closed meanwhile. */
  long repeated() {
    return repeated.get();
  }

  long failed() {
    return failed.get();
  }

  /** The first failures, one line each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** From now on first answers are first answers again. */
  void beginStep() {
    firstAnswerNanos.clear();
  }

  /** When this backend first answered in this step; absent when it has not yet. */
  OptionalLong firstAnswerNanos(Backend backend) {
    return nanos(firstAnswerNanos, backend);
  }

  /** When this backend answered last; absent when it never did. */
  OptionalLong lastAnswerNanos(Backend backend) {
    return nanos(lastAnswerNanos, backend);
  }

  private static OptionalLong nanos(Map<String, Long> answers, Backend backend) {
    Long nanos = answers.get(backend.name());
    return nanos == null ? OptionalLong.empty() : OptionalLong.of(nanos);
  }

  /**
   * When the proxy last had to try more than one backend; when these clients were made, if it never
   * had.
   */
  long lastSeveralNanos() {
    return lastSeveralNanos.get();
  }

  /** One request on a connection of its own, counted like all others. */
  void askOnce(String path) {
    try (Connection connection = new Connection(port)) {
      count(connection.get(path, Keep.CLOSE));
    } catch (IOException e) {
      fail(e.toString());
    }
  }

  private void ask(Keep keep) {
    @Nullable Connection kept = null;
    try {
      while (!Thread.interrupted()) {
        kept = ask(kept, keep);
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeQuietly(kept);
    }
  }

  private @Nullable Connection ask(@Nullable Connection kept, Keep keep) {
    @Nullable Connection connection = kept;
    try {
      if (connection == null) {
        connection = new Connection(port);
      }
      count(connection.get("/", keep));
      if (keep == Keep.OPEN) {
        return connection;
      }
    } catch (Connection.Stale e) {
      repeated.incrementAndGet();
      closeQuietly(connection);
      return ask(null, keep);
    } catch (IOException e) {
      fail(e.toString());
    }
    closeQuietly(connection);
    return null;
  }

  private void count(Answer answer) {
    if (!answer.good()) {
      fail("status " + answer.status());
      return;
    }
    long now = System.nanoTime();
    good.incrementAndGet();
    firstAnswerNanos.putIfAbsent(answer.backend(), now);
    lastAnswerNanos.put(answer.backend(), now);
    if (answer.tries() == Answer.Tries.SEVERAL) {
      lastSeveralNanos.set(now);
    }
  }

  private void fail(String what) {
    failed.incrementAndGet();
    if (failures.size() < KEPT_FAILURES) {
      failures.add(proxy + ": " + what);
    }
  }

  private static void closeQuietly(@Nullable Connection connection) {
    try {
      if (connection != null) {
        connection.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket cannot be closed", e);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      try {
        thread.join(Duration.ofSeconds(12));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

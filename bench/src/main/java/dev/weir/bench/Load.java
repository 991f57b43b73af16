package dev.weir.bench;

import dev.weir.app.demo.Connection;
import dev.weir.app.demo.Connection.Keep;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Clients that ask all the time: half of them keep their connection, half open one per request. A
 * kept connection that ended before any byte of an answer is counted as cut and the request is
 * repeated once; anything else but a good answer is a failure.
 */
final class Load implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(4);

  private final int port;
  private final int longestMillis;
  private final List<Thread> threads = new ArrayList<>();
  private final Map<String, Long> firstAnswerNanos = new ConcurrentHashMap<>();
  private final AtomicLong good = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private volatile String firstFailure = "";

  Load(int port, int clients) {
    this(port, clients, 0);
  }

  /**
   * Clients that all keep their connections where answers take time.
   *
   * @param longestMillis how long answers may take, each another time
   */
  Load(int port, int clients, int longestMillis) {
    this.port = port;
    this.longestMillis = longestMillis;
    for (int i = 0; i < clients; i++) {
      boolean keeps = longestMillis > 0 || i % 2 == 0;
      Runnable body = keeps ? this::keepAsking : this::askAnew;
      threads.add(Thread.ofVirtual().name("client " + i).start(body));
    }
  }

  long good() {
    return good.get();
  }

  long cut() {
    return cut.get();
  }

  long failed() {
    return failed.get();
  }

  String firstFailure() {
    return firstFailure;
  }

  /** Forgets when this backend first answered. */
  void expect(String backend) {
    firstAnswerNanos.remove(backend);
  }

  /** When the backend first answered since it was expected; null when it has not. */
  @Nullable Long firstAnswer(String backend) {
    return firstAnswerNanos.get(backend);
  }

  private void keepAsking() {
    Client client = null;
    while (!Thread.currentThread().isInterrupted()) {
      client = askKept(client);
      pause();
    }
    close(client);
  }

  private @Nullable Client askKept(@Nullable Client kept) {
    Client client = kept;
    try {
      if (client == null) {
        client = new Client(port);
      }
      count(client.ask(path(), Keep.OPEN));
      return client;
    } catch (Connection.Stale e) {
      cut.incrementAndGet();
      close(client);
      return askKept(null);
    } catch (IOException e) {
      fail(e);
      close(client);
      return null;
    }
  }

  private String path() {
    return longestMillis == 0 ? "/" : "/wait/" + ThreadLocalRandom.current().nextInt(longestMillis);
  }

  private void askAnew() {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        count(Client.once(port));
      } catch (IOException e) {
        fail(e);
      }
      pause();
    }
  }

  private void count(String backend) {
    good.incrementAndGet();
    firstAnswerNanos.putIfAbsent(backend, System.nanoTime());
  }

  private void fail(IOException e) {
    if (!Thread.currentThread().isInterrupted()) {
      failed.incrementAndGet();
      if (firstFailure.isEmpty()) {
        firstFailure = e.toString();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(@Nullable Client client) {
    try {
      if (client != null) {
        client.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException("a socket cannot be closed", e);
    }
  }

  @Override
  public void close() {
    threads.forEach(Thread::interrupt);
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(12));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

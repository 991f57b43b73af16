package dev.weir.source.docker;

import dev.weir.source.docker.EngineApi.EventStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Reads a stream of events on a thread of its own, so that waiting for the next can have a limit.
 */
final class EventReader implements AutoCloseable {

  /** Beyond so many unread events it is cheaper to list everything again. */
  private static final int QUEUED = 10_000;

  private final BlockingQueue<News> queue = new LinkedBlockingQueue<>(QUEUED);
  private final Thread thread;

  /** What the thread has to say. */
  private sealed interface News {
    record Happened(EngineEvent event) implements News {}

    record Lost(IOException reason) implements News {}
  }

  private EventReader(EventStream stream) {
    this.thread = Thread.ofVirtual().name("docker-events").unstarted(() -> read(stream));
  }

  /** Starts to read. */
  static EventReader of(EventStream stream) {
    EventReader reader = new EventReader(stream);
    reader.thread.start();
    return reader;
  }

  private void read(EventStream stream) {
    try {
      while (true) {
        Optional<EngineEvent> event = stream.next();
        if (event.isPresent() && !queue.offer(new News.Happened(event.get()))) {
          throw new IOException("more than %d events at once".formatted(QUEUED));
        }
      }
    } catch (IOException lost) {
      queue.clear(); // whoever hears of a loss lists everything, and there is room for it now
      queue.add(new News.Lost(lost));
    }
  }

  /**
   * Waits until something happens and takes all that has; empty when nothing does.
   *
   * @throws IOException when the stream was lost
   */
  List<EngineEvent> next(Duration atMost) throws IOException, InterruptedException {
    List<News> news = new ArrayList<>();
    News first = queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      news.add(first);
      queue.drainTo(news);
    }
    List<EngineEvent> events = new ArrayList<>();
    for (News each : news) {
      switch (each) {
        case News.Happened happened -> events.add(happened.event());
        case News.Lost lost -> throw lost.reason();
      }
    }
    return events;
  }

  /** Ends the thread, also when the caller was interrupted. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    thread.interrupt();
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

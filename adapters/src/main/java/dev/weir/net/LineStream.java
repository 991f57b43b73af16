package dev.weir.net;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The lines of an answer that does not end, read on a thread of its own, so that waiting for the
 * next can have a limit. Used by one thread.
 */
public final class LineStream implements AutoCloseable {

  /** Beyond so many unread lines it is cheaper to ask for everything again. */
  private static final int QUEUED = 10_000;

  private final BlockingQueue<News> queue = new LinkedBlockingQueue<>(QUEUED);
  private final InputStream stream;
  private final int longest;
  private final Thread thread;

  /** What the thread has to say. */
  private sealed interface News {
    record Line(String text) implements News {}

    record Lost(IOException reason) implements News {}
  }

  private LineStream(InputStream stream, int longest) {
    this.stream = stream;
    this.longest = longest;
    this.thread = Thread.ofVirtual().name("lines").unstarted(this::read);
  }

  /**
   * Starts to read.
   *
   * @param stream closed with this
   * @param longest the most characters of one line
   */
  public static LineStream of(InputStream stream, int longest) {
    LineStream lines = new LineStream(stream, longest);
    lines.thread.start();
    return lines;
  }

  private void read() {
    try {
      BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
      while (true) {
        if (!queue.offer(new News.Line(line(in)))) {
          throw new IOException("more than %d lines at once".formatted(QUEUED));
        }
      }
    } catch (IOException lost) {
      queue.clear(); // whoever hears of a loss asks for everything, and there is room for it now
      queue.add(new News.Lost(lost));
    }
  }

  private String line(BufferedReader in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the stream ended");
      }
      if (line.length() == longest) {
        throw new IOException("a line of more than %d characters".formatted(longest));
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /**
   * Waits until there is a line and takes all that there are; empty when none comes in time.
   *
   * @throws IOException when the stream was lost
   */
  public List<String> next(Duration atMost) throws IOException, InterruptedException {
    List<News> news = new ArrayList<>();
    News first = queue.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      news.add(first);
      queue.drainTo(news);
    }
    List<String> lines = new ArrayList<>();
    for (News each : news) {
      switch (each) {
        case News.Line line -> lines.add(line.text());
        case News.Lost lost -> throw lost.reason();
      }
    }
    return lines;
  }

  /** Ends the thread and closes the stream, also when the caller was interrupted. */
  @Override
  public void close() throws IOException {
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
    stream.close();
  }
}

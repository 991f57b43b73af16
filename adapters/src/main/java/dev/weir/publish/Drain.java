package dev.weir.publish;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads a program's output to its end on a thread of its own, and keeps the beginning of it. */
final class Drain {

  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private final Thread thread;

  private Drain(InputStream in) {
    thread = Thread.ofVirtual().name("output").start(() -> drain(in));
  }

  static Drain start(InputStream in) {
    return new Drain(in);
  }

  /** What was kept, after waiting at most so long for the end of the output. */
  String text(Duration most) throws InterruptedException {
    thread.join(most);
    synchronized (kept) {
      return kept.toString(StandardCharsets.UTF_8);
    }
  }

  private void drain(InputStream in) {
    byte[] buffer = new byte[8192];
    try (in) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        synchronized (kept) {
          kept.write(buffer, 0, Math.min(n, Programs.MOST_OUTPUT_BYTES - kept.size()));
        }
      }
    } catch (IOException closed) {
      // the program was killed while we read: what came before counts
    }
  }
}

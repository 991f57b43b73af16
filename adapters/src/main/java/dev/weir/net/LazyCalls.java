package dev.weir.net;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A client that is opened with its first use, for whoever may do no I/O before. Safe for threads.
 */
public final class LazyCalls implements AutoCloseable {

  private final HttpTarget target;
  private final ReentrantLock opening = new ReentrantLock();

  /** Absent before the first use and after the end; guarded by the lock. */
  private @Nullable HttpCalls calls;

  /** A client of this server, not opened yet. */
  public LazyCalls(HttpTarget target) {
    this.target = target;
  }

  /**
   * The client, opened if it is not.
   *
   * @throws IOException when the files for TLS cannot be used
   */
  public HttpCalls get() throws IOException, InterruptedException {
    opening.lockInterruptibly();
    try {
      if (calls == null) {
        calls = HttpCalls.to(target);
      }
      return calls;
    } finally {
      opening.unlock();
    }
  }

  @Override
  public void close() {
    opening.lock();
    try {
      if (calls != null) {
        calls.close();
        calls = null;
      }
    } finally {
      opening.unlock();
    }
  }
}

package dev.weir.kv.zookeeper.client;

import java.util.concurrent.Semaphore;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;

/**
 * Whether something may have changed below a path: a node has, or the connection was lost and found
 * again. Waited for by one thread.
 */
final class News implements Watcher {

  private final Semaphore heard = new Semaphore(0);

  /** Takes what the ensemble tells; called by the library's thread. */
  @Override
  public void process(WatchedEvent event) {
    heard.release();
  }

  /** Waits for news since the last wait. */
  void await() throws InterruptedException {
    heard.acquire();
    int ignored = heard.drainPermits();
  }
}

package dev.weir.kv.zookeeper.client;

import dev.weir.follow.Shared;
import dev.weir.kv.zookeeper.ZookeeperOptions;
import dev.weir.kv.zookeeper.ZookeeperPatience;
import dev.weir.spi.Time;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The session of one client: one for all its watches, and another after it has ended. Safe for any
 * thread.
 */
final class Sessions {

  /** Grows with each session that has ended: whoever comes after that begins another. */
  private final AtomicLong number = new AtomicLong();

  private final Shared<Long, Session> sessions;

  Sessions(ZookeeperOptions options, ZookeeperPatience patience, Time time) {
    Session.Means means = new Session.Means(patience, time, number::incrementAndGet);
    this.sessions = new Shared<>(ignored -> new Session(options, means), Session::close);
  }

  /** A share in the session, which may not have begun yet. */
  Shared.Lease<Session> take() throws InterruptedException {
    return sessions.take(number.get());
  }
}

package dev.weir.kv.zookeeper.client;

import dev.weir.follow.ReadingPause;
import dev.weir.follow.Shared;
import dev.weir.kv.zookeeper.ZookeeperOptions;
import dev.weir.kv.zookeeper.ZookeeperPatience;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import java.io.IOException;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The nodes of an ensemble as a store of texts: a node without children is a key, its data the
 * value. All watches share one session; each has a watch of ZooKeeper's that stays and covers
 * everything below its prefix, and reads all of that again after news, with the pause that {@link
 * ReadingPause} says.
 */
final class ZookeeperStore implements KeyValueStore {

  private final ZookeeperPatience patience;
  private final Time time;
  private final Sessions sessions;

  ZookeeperStore(ZookeeperOptions options, ZookeeperPatience patience, Time time) {
    this.patience = patience;
    this.time = time;
    this.sessions = new Sessions(options, patience, time);
  }

  @Override
  public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
    Subtree subtree = new Subtree(KeyValueStore.checkPrefix(prefix));
    try (Shared.Lease<Session> lease = sessions.take()) {
      Session session = lease.get();
      session.begin();
      session.awaitConnection();
      News news = new News();
      try {
        session.watch(subtree.root(), news);
        tell(session, subtree, news, sink);
      } finally {
        session.forget(subtree.root(), news);
      }
    }
  }

  /** Reads and tells, again after each news, until the session is lost. */
  private void tell(Session session, Subtree subtree, News news, Sink sink)
      throws IOException, InterruptedException {
    Optional<SortedMap<String, String>> told = Optional.empty();
    ReadingPause pause = new ReadingPause(time);
    while (true) {
      SortedMap<String, String> pairs = read(session, subtree, pause);
      if (!told.equals(Optional.of(pairs))) {
        told = Optional.of(pairs);
        sink.pairs(pairs);
      }
      news.await();
      pause.await(patience.rest());
      session.awaitConnection();
    }
  }

  /** Reads, from the beginning where the connection is lost and found again meanwhile. */
  private static SortedMap<String, String> read(
      Session session, Subtree subtree, ReadingPause pause)
      throws IOException, InterruptedException {
    while (true) {
      try {
        pause.begin();
        SortedMap<String, String> pairs = subtree.read(session);
        pause.end();
        return pairs;
      } catch (LostException lost) {
        session.awaitConnection();
      }
    }
  }

  @Override
  public void close() {
    // the session ends with the last watch
  }
}

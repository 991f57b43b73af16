package dev.weir.kv.etcd;

import dev.weir.kv.etcd.EtcdJson.Change;
import dev.weir.kv.etcd.EtcdJson.Header;
import dev.weir.kv.etcd.EtcdJson.Newest;
import dev.weir.kv.etcd.EtcdJson.Snapshot;
import dev.weir.kv.etcd.EtcdJson.WatchAnswer;
import dev.weir.kv.etcd.EtcdStoreType.Patience;
import dev.weir.net.LineStream;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One watch of some ranges, from a snapshot until something fails: reads everything at one revision
 * and follows from the next on. A store that was recreated shows by another cluster or by a lower
 * revision, also where the connection never broke.
 */
final class EtcdWatch {

  private final EtcdClient client;
  private final Patience patience;
  private final SortedMap<String, String> pairs = new TreeMap<>();

  /** The newest that the snapshot and the stream told of. */
  private Header newest = new Header("", 0);

  EtcdWatch(EtcdClient client, Patience patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Follows.
   *
   * @throws IOException when the member cannot be followed any more
   */
  void follow(KeyRanges ranges, KeyValueStore.Sink sink) throws IOException, InterruptedException {
    Snapshot snapshot = client.read(ranges);
    newest = snapshot.header();
    pairs.putAll(snapshot.pairs());
    tell(sink);
    try (LineStream lines = client.watch(ranges, newest.revision() + 1)) {
      while (true) {
        List<String> news = lines.next(patience.silence());
        if (news.isEmpty()) {
          stillThere(ranges);
        } else if (take(news)) {
          tell(sink);
        }
      }
    }
  }

  private void tell(KeyValueStore.Sink sink) {
    sink.pairs(Collections.unmodifiableSortedMap(new TreeMap<>(pairs)));
  }

  /**
   * Asks over another connection whether the store has something newer than the stream told of: a
   * stream can be dead without an end. What is on its way at this moment is read once more than it
   * would have to be.
   */
  private void stillThere(KeyRanges ranges) throws IOException, InterruptedException {
    Newest found = client.newest(ranges);
    sameStore(found.header());
    if (found.count() != pairs.size() || found.modified() > newest.revision()) {
      throw new IOException("the watch was silent while the store changed");
    }
  }

  /** Takes what came; tells whether a pair changed. */
  private boolean take(List<String> lines) throws IOException {
    boolean changed = false;
    for (String line : lines) {
      WatchAnswer answer = EtcdJson.watchAnswer(line);
      canceled(answer);
      sameStore(answer.header());
      newest = answer.header();
      for (Change change : answer.changes()) {
        changed |= apply(change);
      }
    }
    return changed;
  }

  private boolean apply(Change change) {
    return switch (change) {
      case Change.Put put ->
          !Optional.of(put.value()).equals(Optional.ofNullable(pairs.put(put.key(), put.value())));
      case Change.Delete delete -> pairs.remove(delete.key()) != null;
    };
  }

  private static void canceled(WatchAnswer answer) throws IOException {
    if (answer.canceled().isPresent()) {
      String reason = answer.canceled().get();
      throw reason.contains("permission denied")
          ? new RefusedException("watch refused: " + reason)
          : new IOException("watch ended: " + reason);
    }
  }

  private void sameStore(Header header) throws IOException {
    if (!header.cluster().equals(newest.cluster()) || header.revision() < newest.revision()) {
      throw new IOException(
          "another store than before: cluster %s at revision %d (before: %s at %d)"
              .formatted(header.cluster(), header.revision(), newest.cluster(), newest.revision()));
    }
  }
}

package dev.weir.kv.etcd;

import dev.weir.kv.etcd.Etcd2Json.Snapshot;
import dev.weir.kv.etcd.EtcdStoreType.Patience;
import dev.weir.net.HttpAnswer;
import dev.weir.spi.KeyValueStore;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * One watch of a prefix in version 2: reads everything, waits for the first event after the index
 * of that, and reads everything again. What happens meanwhile waits in the store's history, and
 * where that has become too short the next read has it all.
 */
final class Etcd2Watch {

  private final EtcdClient client;
  private final Patience patience;

  Etcd2Watch(EtcdClient client, Patience patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * Follows.
   *
   * @throws IOException when the member cannot be followed any more
   */
  void follow(String prefix, KeyValueStore.Sink sink) throws IOException, InterruptedException {
    String folder = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
    String path = "/v2/keys" + encoded(folder);
    Optional<SortedMap<String, String>> told = Optional.empty();
    while (true) {
      Snapshot snapshot = read(path);
      if (prefix.endsWith("/")) {
        snapshot = snapshot.without(folder);
      }
      if (!told.equals(Optional.of(snapshot.pairs()))) {
        told = Optional.of(snapshot.pairs());
        sink.pairs(snapshot.pairs());
      }
      await(path, snapshot.index() + 1);
    }
  }

  private Snapshot read(String path) throws IOException, InterruptedException {
    String query = "?recursive=true&quorum=true";
    HttpAnswer answer = client.get(path + query, patience.answer()).orElseThrow(client::silent);
    if (answer.status() == 404 && Etcd2Json.code(answer.body()) == Etcd2Json.KEY_NOT_FOUND) {
      return Etcd2Json.nothing(answer.body());
    }
    return Etcd2Json.snapshot(index(answer), EtcdErrors.body(client.endpoint(), answer));
  }

  /** Waits for an event; whichever it is, or none in time, everything is read again. */
  private void await(String path, long index) throws IOException, InterruptedException {
    String query = "?recursive=true&wait=true&waitIndex=" + index;
    Optional<HttpAnswer> answer = client.get(path + query, patience.silence());
    if (answer.isPresent()
        && Etcd2Json.code(answer.get().body()) != Etcd2Json.HISTORY_CLEARED
        && !answer.get().body().isEmpty()) {
      String ignored = EtcdErrors.body(client.endpoint(), answer.get());
    }
  }

  private long index(HttpAnswer answer) throws IOException {
    String index = answer.header("x-etcd-index").orElse("");
    if (!index.matches("[0-9]{1,18}")) {
      throw new IOException(client.endpoint() + ": not the answer of an etcd: no index");
    }
    return Long.parseLong(index);
  }

  private static String encoded(String path) {
    return Arrays.stream(path.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }
}

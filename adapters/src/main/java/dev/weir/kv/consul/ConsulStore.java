package dev.weir.kv.consul;

import dev.weir.consul.BlockingQuery;
import dev.weir.consul.ConsulClient;
import dev.weir.consul.ConsulJson;
import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Consul's keys as a store of texts. Consul's keys begin without a slash, and its prefixes are
 * those of texts, not of paths: what is asked for is more than what is told.
 */
final class ConsulStore implements KeyValueStore {

  private final ConsulClient client;
  private final Waiting waiting;
  private final Time time;

  ConsulStore(ConsulOptions options, Waiting waiting, Time time) {
    this.client = new ConsulClient(options);
    this.waiting = waiting;
    this.time = time;
  }

  @Override
  public void watch(String prefix, Sink sink) throws IOException, InterruptedException {
    String checked = KeyValueStore.checkPrefix(prefix);
    String path =
        Arrays.stream(checked.substring(1).split("/", -1))
            .map(ConsulClient::encoded)
            .collect(Collectors.joining("/"));
    new BlockingQuery(
            "/kv/" + path,
            Map.of("recurse", ""),
            new BlockingQuery.Means(client, waiting, time, ThreadLocalRandom.current()))
        .follow(body -> sink.pairs(below(checked, body)));
  }

  private static SortedMap<String, String> below(String prefix, Optional<String> body)
      throws IOException {
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    SortedMap<String, String> pairs = new TreeMap<>();
    for (JsonNode pair : ConsulJson.list(body.orElse("[]"))) {
      String key = "/" + pair.path("Key").asString("");
      boolean inFolder = key.startsWith(folder) && !key.equals(folder);
      if (inFolder || key.equals(prefix)) {
        pairs.put(key, value(pair));
      }
    }
    return Collections.unmodifiableSortedMap(pairs);
  }

  private static String value(JsonNode pair) throws IOException {
    try {
      byte[] bytes = Base64.getDecoder().decode(pair.path("Value").asString(""));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw ConsulJson.nonsense("a value not in base64", wrong);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

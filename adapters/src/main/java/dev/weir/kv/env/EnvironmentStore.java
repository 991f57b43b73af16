package dev.weir.kv.env;

import dev.weir.spi.KeyValueStore;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/**
 * The variables of an environment as a store of texts: {@code WEB_MEMBERS_A} is the key {@code
 * /web/members/a}. Names with small letters are no keys, because two of them could become one. An
 * environment never changes while its process runs: everything is told once.
 */
final class EnvironmentStore implements KeyValueStore {

  private final Map<String, String> variables;

  EnvironmentStore(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  @Override
  public void watch(String prefix, Sink sink) throws InterruptedException {
    String checked = KeyValueStore.checkPrefix(prefix);
    sink.pairs(below(checked));
    new CountDownLatch(1).await(); // until interrupted
  }

  private SortedMap<String, String> below(String prefix) {
    String folder = prefix.endsWith("/") ? prefix : prefix + "/";
    SortedMap<String, String> pairs = new TreeMap<>();
    variables.forEach((name, value) -> {
      String key = key(name);
      boolean inFolder = key.startsWith(folder) && !key.equals(folder);
      if (name.equals(name.toUpperCase(Locale.ROOT)) && (inFolder || key.equals(prefix))) {
        pairs.put(key, value);
      }
    });
    return Collections.unmodifiableSortedMap(pairs);
  }

  private static String key(String name) {
    return "/" + name.toLowerCase(Locale.ROOT).replace('_', '/');
  }

  @Override
  public void close() {
    // nothing is open
  }
}

package dev.weir.kv.env;

import dev.weir.spi.KeyValueStore;
import dev.weir.testkit.WatchedStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which variables are which keys. */
final class EnvironmentStoreTest {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @Test
  void namesInCapitalsAreKeysWithSlashes() throws Exception {
    told(
        Map.of("WEB_MEMBERS_A", "10.0.0.1:80", "WEB", "itself", "WEBSITE", "another"),
        "/web",
        Map.of("/web/members/a", "10.0.0.1:80", "/web", "itself"));
  }

  @Test
  void namesWithSmallLettersAreNone() throws Exception {
    told(Map.of("web_a", "1", "Web_B", "2", "WEB_C", "3"), "/web/", Map.of("/web/c", "3"));
  }

  @Test
  void everythingIsBelowTheRoot() throws Exception {
    told(Map.of("A", "1", "B_C", "2", "_", "3"), "/", Map.of("/a", "1", "/b/c", "2", "//", "3"));
  }

  private static void told(
      Map<String, String> variables, String prefix, Map<String, String> expected)
      throws InterruptedException {
    try (KeyValueStore store = new EnvironmentStore(variables);
        WatchedStore watched = WatchedStore.start(store, prefix, PATIENCE)) {
      watched.awaitPairs(expected);
    }
  }
}

package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody takes members out of traffic at a real HAProxy, by its socket, and at a real nginx, by
 * its file: Weir takes that over for both proxies, and puts right what gives traffic or changes
 * addresses.
 */
@RequiresServer({Server.NGINX, Server.HAPROXY})
class AtTheProxyTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  @Test
  void whoIsTakenOutAtOneProxyIsOutOfBothUntilHeIsPutBackThere() throws Exception {
    try (Pair pair = new Pair(folder, 0, 1, 2)) {
      running(pair);
      serves(pair, Set.of(0, 1, 2));

      assertThat(pair.say("set server web/%s state maint".formatted(name(pair, 0)))).isBlank();
      pair.site.members(0, 1, 2, 3);
      serves(pair, Set.of(1, 2, 3));
      assertThat(pair.site.apiText("/v1/overrides")).contains("external@inner");

      assertThat(pair.say("set server web/%s state ready".formatted(name(pair, 0)))).isBlank();
      pair.site.members(0, 1, 2);
      serves(pair, Set.of(0, 1, 2));
      assertThat(pair.site.apiText("/v1/overrides")).doesNotContain("external@inner");

      String text = Files.readString(pair.site.upstreams());
      String server = "server " + pair.site.backends.endpoint(1);
      pair.site.replace(pair.site.upstreams(), text.replace(server, server + " down"));
      pair.site.members(0, 1, 2, 3);
      serves(pair, Set.of(0, 2, 3));
      assertThat(pair.site.apiText("/v1/overrides")).contains("external@edge");
    }
  }

  @Test
  void anAddressThatSomebodyChangesIsPutRight() throws Exception {
    try (Pair pair = new Pair(folder, 0, 1)) {
      running(pair);
      serves(pair, Set.of(0, 1));

      String foreign = String.valueOf(pair.site.backends.endpoint(3)).replaceFirst(".*:", "");
      var _ =
          pair.say("set server web/%s addr 127.0.0.1 port %s".formatted(name(pair, 0), foreign));
      assertThat(pair.standing().haproxyRuns()).contains(3);
      pair.site.members(0, 1, 2);
      serves(pair, Set.of(0, 1, 2));
      assertThat(pair.site.apiText("/v1/overrides")).doesNotContain("external@");
    }
  }

  /** A Weir that knows what both proxies have. */
  private static void running(Pair pair) throws Exception {
    var _ = pair.site.runUntil("event=weir.started");
    await().atMost(SOON).ignoreExceptions().until(() -> pair.site.api("/readyz") == 200);
  }

  private static String name(Pair pair, int number) {
    return pair.site.backends.endpoint(number).toString().replace(':', '_');
  }

  private static void serves(Pair pair, Set<Integer> members) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          Pair.Standing now = pair.standing();
          assertThat(now.nginxAnswers()).as("nginx").isEqualTo(members);
          assertThat(now.haproxyAnswers()).as("HAProxy").isEqualTo(members);
          assertThat(now.haproxyRuns()).as("HAProxy's servers").isEqualTo(members);
        });
  }
}

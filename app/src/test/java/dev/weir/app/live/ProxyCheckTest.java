package dev.weir.app.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.real.BackendClient;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code check: proxy} with a real Weir and a real HAProxy: HAProxy checks, Weir reads, shows and
 * takes it as evidence, and never connects to a member itself.
 */
@RequiresServer(Server.HAPROXY)
class ProxyCheckTest {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private final int front = FreePorts.one();

  /** A member that counts who connects, and hangs up on everybody. */
  private static final class Rude implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger met = new AtomicInteger();

    Rude() throws IOException {
      Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
      try {
        while (true) {
          socket.accept().close();
          met.incrementAndGet();
        }
      } catch (IOException closed) {
        // the end
      }
    }

    String address() {
      return "127.0.0.1:" + socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @Test
  void haproxyChecksAndWeirReadsShowsAndBelieves() throws Exception {
    try (Site site = new Site(folder, 2);
        Rude rude = new Rude();
        Started haproxy = start(site, rude)) {
      Started weir = site.runUntil("event=weir.started");

      String api = "/v1/explain/web/";
      await()
          .atMost(Site.PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> {
            assertThat(site.apiText(api + "rude")).contains("\"health\":\"down\"", "HAProxy says ");
            assertThat(site.apiText(api + "good"))
                .contains("\"health\":\"up\"", "\"by\":\"proxy\"");
          });
      weir.await("the event", Site.PATIENCE, () -> weir.log().contains("event=member.down"));
      assertThat(weir.log()).contains("its check fails: HAProxy says ");
      assertThat(site.apiText(api + "rude")).contains("\"state\":\"ready\"");
      assertThat(new BackendClient(site.backends, front).ask(20))
          .extracting(Answer::status)
          .containsOnly(200);

      Files.writeString(
          folder.resolve("members.yaml"),
          "[ { address: '%s', name: good } ]".formatted(site.backends.endpoint(0)));
      weir.await(
          "two opinions that it is gone",
          Site.PATIENCE,
          () -> weir.log().contains("and its check fails"));
      assertThat(weir.log()).doesNotContain("guard.held");
      assertThat(site.apiText("/metrics"))
          .contains("weir_pool_members_by_health{health=\"up\",pool=\"web\"} 1.0");

      haproxy.kill();
      int met = rude.met.get();
      await().during(Duration.ofMillis(500)).until(() -> rude.met.get() == met);
    }
  }

  private Started start(Site site, Rude rude) throws Exception {
    Files.writeString(
        folder.resolve("haproxy.cfg"),
        """
        global
          stats socket %1$s/admin.sock mode 600 level admin
        defaults
          mode http
          option httpchk GET /
          timeout connect 2s
          timeout check 5s
          timeout client 10s
          timeout server 10s
          retries 3
          option redispatch
        frontend in
          bind 127.0.0.1:%2$d
          default_backend web
        """
            .formatted(folder, front));
    Files.writeString(
        folder.resolve("members.yaml"),
        "[ { address: '%s', name: good }, { address: '%s', name: rude } ]"
            .formatted(site.backends.endpoint(0), rude.address()));
    site.replace(
        site.yaml(),
        """
        state: FOLDER/state
        api: [ { listen: '127.0.0.1:API' } ]
        pools:
          web:
            sources: [ { file: FOLDER/members.yaml } ]
            check: { proxy: {}, every: 100ms }
            haproxy: { server: check inter 200ms fall 2 }
        proxies:
          inner:
            haproxy: { backends: FOLDER/weir.cfg, config: [ FOLDER/haproxy.cfg ],
                       sockets: [ FOLDER/admin.sock ], pid: FOLDER/haproxy.pid, binary: HAPROXY }
            pools: [ web ]
        """
            .replace("FOLDER", folder.toString())
            .replace("API", String.valueOf(site.apiPort))
            .replace("HAPROXY", Server.HAPROXY.path().toString()));
    Started once = site.weir("run", "--once", "-c", site.yaml().toString());
    assertThat(once.awaitExit(Site.PATIENCE)).as(once.log()).isZero();
    Started haproxy =
        Started.start(
            "haproxy",
            folder,
            List.of(
                Server.HAPROXY.path().toString(),
                "-W",
                "-p",
                folder + "/haproxy.pid",
                "-f",
                folder + "/haproxy.cfg",
                "-f",
                folder + "/weir.cfg"));
    return haproxy.awaitPort(front, Site.PATIENCE);
  }
}

package dev.weir.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.secret.Secret;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedStore;
import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to etcd. */
@RequiresServer(Server.ETCD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealEtcdTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private EtcdServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = EtcdServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aKeyWhoseLeaseExpiresGoes() throws Exception {
    String lease =
        server.ask("/v3/lease/grant", "{\"TTL\":\"1\"}").replaceAll(".*\"ID\":\"(\\d+)\".*", "$1");
    String key = EtcdServer.encoded("/lease/a");
    String ignored =
        server.ask(
            "/v3/kv/put",
            "{\"key\":\"%s\",\"value\":\"MQ==\",\"lease\":\"%s\"}".formatted(key, lease));
    try (KeyValueStore store = store(server.port());
        WatchedStore watched = WatchedStore.start(store, "/lease/", PATIENCE)) {
      watched.awaitPairs(Map.of("/lease/a", "1"));
      watched.awaitPairs(1, Map.of());
      assertThat(watched.told()).allMatch(WatchedStore.Told.Pairs.class::isInstance);
    }
  }

  @Test
  void whatWasCompactedAwayDuringAnOutageIsReadAnew() throws Exception {
    try (EtcdWorld world = new EtcdWorld(server);
        KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root(), PATIENCE)) {
      watched.awaitPairs(Map.of());
      world.fail(Fault.GONE);
      int failed = watched.count();
      String last = "";
      for (int i = 0; i < 5; i++) {
        world.put(world.root() + "/a", Integer.toString(i));
        last = server.ask("/v3/kv/range", "{\"key\":\"YQ==\"}");
      }
      String revision = last.replaceAll("(?s).*\"revision\":\"(\\d+)\".*", "$1");
      String ignored = server.ask("/v3/kv/compaction", "{\"revision\":\"%s\"}".formatted(revision));
      world.heal();
      watched.awaitPairs(failed, Map.of(world.root() + "/a", "4"));
      world.put(world.root() + "/a", "5");
      watched.awaitPairs(failed, Map.of(world.root() + "/a", "5"));
    }
  }

  @Test
  void anotherMemberAnswersWhenOneDoesNot() throws Exception {
    server.put("/several/a", "1");
    List<HttpOrigin> endpoints =
        List.of(origin("http", FreePorts.one()), origin("http", server.port()));
    try (KeyValueStore store = open(new EtcdOptions(endpoints, TlsFiles.NONE, Optional.empty()));
        WatchedStore watched = WatchedStore.start(store, "/several", PATIENCE)) {
      watched.awaitPairs(Map.of("/several/a", "1"));
      assertThat(watched.told()).hasSize(1);
    }
  }

  @Test
  void everyMemberThatDoesNotAnswerIsNamed() throws Exception {
    List<Integer> ports = FreePorts.take(2);
    List<HttpOrigin> endpoints = ports.stream().map(port -> origin("http", port)).toList();
    try (KeyValueStore store = open(new EtcdOptions(endpoints, TlsFiles.NONE, Optional.empty()));
        WatchedStore watched = WatchedStore.start(store, "/several", PATIENCE)) {
      assertThat(watched.awaitFailure(0))
          .hasMessageContaining("127.0.0.1:" + ports.get(0))
          .hasMessageContaining("127.0.0.1:" + ports.get(1));
    }
  }

  @Test
  void aQuietWatchIsCheckedInAFewBytesOverOneConnection() throws Exception {
    try (EtcdWorld world = new EtcdWorld(server);
        KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root() + "/one", PATIENCE)) {
      watched.awaitPairs(Map.of());
      for (int i = 0; i < 3; i++) {
        long before = world.relay().bytes();
        await().atMost(PATIENCE).until(() -> world.relay().bytes() > before);
        assertThat(world.relay().bytes() - before).isLessThan(1000);
      }
      assertThat(world.relay().connections()).isLessThanOrEqualTo(2);
      assertThat(watched.count()).isOne();
    }
  }

  /** A network that forgets a silent connection tells neither side. */
  @Test
  void aWatchThatDiedWithoutAnEndIsFoundOut() throws Exception {
    try (EtcdWorld world = new EtcdWorld(server);
        KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root() + "/", PATIENCE)) {
      world.put(world.root() + "/a", "1");
      watched.awaitPairs(Map.of(world.root() + "/a", "1"));
      world.relay().lose("/v3/watch");
      world.put(world.root() + "/a", "2");
      watched.awaitPairs(Map.of(world.root() + "/a", "2"));
      world.relay().lose("/v3/watch");
      world.delete(world.root() + "/a");
      watched.awaitPairs(1, Map.of());
    }
  }

  @Test
  void aRoleForExactlyThePrefixIsEnoughAndAnythingElseIsARefusal(@TempDir Path folder)
      throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "s3cret\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "guess");
    try (EtcdServer guarded = EtcdServer.start(folder)) {
      guarded.put("/up/a", "1");
      guard(guarded);
      Optional<EtcdOptions.Login> reader =
          Optional.of(new EtcdOptions.Login("reader", new Secret.InFile(password)));
      try (KeyValueStore store = open(options(guarded, reader));
          WatchedStore watched = WatchedStore.start(store, "/up/", PATIENCE)) {
        watched.awaitPairs(Map.of("/up/a", "1"));
      }
      assertThat(failure(options(guarded, reader), "/down/"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("permission denied");
      assertThat(failure(options(guarded, Optional.empty()), "/up/"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("user name is empty");
      Optional<EtcdOptions.Login> guess =
          Optional.of(new EtcdOptions.Login("reader", new Secret.InFile(wrong)));
      assertThat(failure(options(guarded, guess), "/up/"))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("invalid user ID or password")
          .hasMessageNotContaining("guess");
    }
  }

  private static void guard(EtcdServer server) {
    for (String[] step :
        new String[][] {
          {"user/add", "{\"name\":\"root\",\"password\":\"root\"}"},
          {"role/add", "{\"name\":\"root\"}"},
          {"user/grant", "{\"user\":\"root\",\"role\":\"root\"}"},
          {"user/add", "{\"name\":\"reader\",\"password\":\"s3cret\"}"},
          {"role/add", "{\"name\":\"reading\"}"},
          {
            "role/grant",
            "{\"name\":\"reading\",\"perm\":{\"permType\":\"READ\",\"key\":\"%s\",\"range_end\":\"%s\"}}"
                .formatted(EtcdServer.encoded("/up/"), EtcdServer.encoded("/up0"))
          },
          {"user/grant", "{\"user\":\"reader\",\"role\":\"reading\"}"},
          {"enable", "{}"}
        }) {
      String ignored = server.ask("/v3/auth/" + step[0], step[1]);
    }
  }

  private static EtcdOptions options(EtcdServer server, Optional<EtcdOptions.Login> login) {
    return new EtcdOptions(List.of(origin("http", server.port())), TlsFiles.NONE, login);
  }

  private static IOException failure(EtcdOptions options, String prefix) throws Exception {
    try (KeyValueStore store = open(options);
        WatchedStore watched = WatchedStore.start(store, prefix, PATIENCE)) {
      return watched.awaitFailure(0);
    }
  }

  private static KeyValueStore store(int port) {
    return open(new EtcdOptions(List.of(origin("http", port)), TlsFiles.NONE, Optional.empty()));
  }

  private static KeyValueStore open(EtcdOptions options) {
    return new EtcdStoreType().open(options, Time.SYSTEM);
  }

  private static HttpOrigin origin(String scheme, int port) {
    return HttpOrigin.parse(scheme + "://127.0.0.1:" + port, 1);
  }
}

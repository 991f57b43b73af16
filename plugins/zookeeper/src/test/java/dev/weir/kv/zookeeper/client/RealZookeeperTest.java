package dev.weir.kv.zookeeper.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.kv.zookeeper.ZookeeperOptions;
import dev.weir.kv.zookeeper.ZookeeperPatience;
import dev.weir.model.Address;
import dev.weir.secret.Secret;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.RefusedException;
import dev.weir.spi.Time;
import dev.weir.testkit.WatchedStore;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to ZooKeeper. */
@RequiresServer(Server.ZOOKEEPER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealZookeeperTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private ZookeeperServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = ZookeeperServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aNodeGoesWithTheSessionThatMadeIt() throws Exception {
    server.put("/lease/members/x", "1");
    server.delete("/lease/members/x");
    ZooKeeper owner = server.ephemeral("/lease/members/10.0.0.1:80");
    watching(
        ZookeeperWorld.at(server.port()),
        "/lease/members/",
        watched -> {
          watched.awaitPairs(Map.of("/lease/members/10.0.0.1:80", ""));
          owner.close();
          watched.awaitPairs(1, Map.of());
          assertThat(watched.told()).allMatch(WatchedStore.Told.Pairs.class::isInstance);
        });
  }

  @Test
  void anotherServerAnswersWhenOneDoesNot() throws Exception {
    server.put("/several/a", "1");
    ZookeeperOptions both =
        new ZookeeperOptions(
            List.of(
                Address.parse("127.0.0.1:" + FreePorts.one()),
                Address.parse("127.0.0.1:" + server.port())),
            Optional.empty());
    watching(both, "/several", watched -> watched.awaitPairs(Map.of("/several/a", "1")));
  }

  @Test
  void aConnectionThatIsCutIsMendedWithoutAWord() throws Exception {
    try (ZookeeperWorld world = new ZookeeperWorld(server);
        KeyValueStore store = world.store(ZookeeperPatience.USUAL);
        WatchedStore watched = WatchedStore.start(store, world.root() + "/", PATIENCE)) {
      world.put(world.root() + "/a", "1");
      watched.awaitPairs(Map.of(world.root() + "/a", "1"));
      long before = world.relay().connections();
      world.relay().cut();
      world.put(world.root() + "/a", "2");
      watched.awaitPairs(Map.of(world.root() + "/a", "2"));
      assertThat(world.relay().connections()).isGreaterThan(before);
      assertThat(watched.told()).allMatch(WatchedStore.Told.Pairs.class::isInstance);
    }
  }

  @Test
  void allWatchesShareOneConnectionThatIsNearlySilent() throws Exception {
    try (ZookeeperWorld world = new ZookeeperWorld(server);
        KeyValueStore store = world.store();
        WatchedStore one = WatchedStore.start(store, world.root() + "/one", PATIENCE);
        WatchedStore two = WatchedStore.start(store, world.root() + "/two", PATIENCE)) {
      one.awaitPairs(Map.of());
      two.awaitPairs(Map.of());
      for (int i = 0; i < 3; i++) {
        long before = world.relay().bytes();
        await().atMost(PATIENCE).until(() -> world.relay().bytes() > before);
        assertThat(world.relay().bytes() - before).isLessThan(100);
      }
      assertThat(world.relay().connections()).isOne();
    }
  }

  @Test
  void aProcessThatHangsIsFoundOutAndTakenBack() throws Exception {
    server.put("/hung/a", "1");
    watching(
        ZookeeperWorld.at(server.port()),
        "/hung/",
        watched -> {
          watched.awaitPairs(Map.of("/hung/a", "1"));
          server.signal("STOP");
          try {
            // whoever is first: Weir's patience, or the library's with its session
            assertThat(watched.awaitFailure(1))
                .message()
                .containsAnyOf("no connection within 1500 ms", "the session has expired");
          } finally {
            server.signal("CONT");
          }
          watched.awaitPairs(watched.count(), Map.of("/hung/a", "1"));
        });
  }

  @Test
  void tenThousandMembersAreReadAtOnce() throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (int i = 0; i < 10_000; i++) {
      all.put("/many/member-%05d".formatted(i), "10.0.%d.%d:80".formatted(i / 250, i % 250));
    }
    server.putAll("/many", all);
    watching(
        ZookeeperWorld.at(server.port()),
        "/many/",
        watched -> {
          watched.awaitPairs(all);
          assertThat(watched.told()).hasSize(1);
        });
  }

  @Test
  void whoMayReadIsDecidedByThePassword(@TempDir Path folder) throws Exception {
    Path right = Files.writeString(folder.resolve("right"), "s3cret\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "guess\n");
    Id reader = new Id("digest", DigestAuthenticationProvider.generateDigest("reader:s3cret"));
    server.put("/guarded/a", "1", Arrays.asList(new ACL(ZooDefs.Perms.READ, reader)));
    watching(as(right), "/guarded/", watched -> watched.awaitPairs(Map.of("/guarded/a", "1")));
    watching(
        as(wrong),
        "/guarded/",
        watched ->
            assertThat(watched.awaitFailure(0))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("/guarded/a may not be read")
                .hasMessageNotContaining("guess"));
  }

  @Test
  void bytesThatAreNoTextSpoilNoOtherNode() throws Exception {
    server.put("/odd/ä b*[]", new String(new char[] {'\r', '\n'}));
    server.put("/odd/c", "x");
    server.write("/odd/c", new byte[] {(byte) 0xff});
    watching(
        ZookeeperWorld.at(server.port()),
        "/odd/",
        watched -> watched.awaitPairs(Map.of("/odd/ä b*[]", "\r\n", "/odd/c", "\ufffd")));
  }

  private ZookeeperOptions as(Path password) {
    return new ZookeeperOptions(
        ZookeeperWorld.at(server.port()).servers(),
        Optional.of(new ZookeeperOptions.Login("reader", new Secret.InFile(password))));
  }

  @Test
  void whatZookeeperKeepsForItselfIsNotTold(@TempDir Path folder) throws Exception {
    try (ZookeeperServer empty = ZookeeperServer.start(folder)) {
      empty.put("/a", "1");
      watching(
          ZookeeperWorld.at(empty.port()), "/", watched -> watched.awaitPairs(Map.of("/a", "1")));
    }
  }

  /** A test of a watch. */
  @FunctionalInterface
  private interface Watching {
    void run(WatchedStore watched) throws Exception;
  }

  private static void watching(ZookeeperOptions options, String prefix, Watching test)
      throws Exception {
    try (KeyValueStore store =
            new NativeClients().open(options, ZookeeperWorld.HASTY, Time.SYSTEM);
        WatchedStore watched = WatchedStore.start(store, prefix, PATIENCE)) {
      test.run(watched);
    }
  }
}

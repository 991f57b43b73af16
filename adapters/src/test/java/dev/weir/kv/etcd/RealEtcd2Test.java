package dev.weir.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.spi.KeyValueStore;
import dev.weir.testkit.WatchedStore;
import dev.weir.testkit.contract.SourceWorld.Fault;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is particular to version 2. */
@RequiresServer(Server.ETCD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealEtcd2Test {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private EtcdServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = EtcdServer.start(folder, "--enable-v2=true");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void aKeyWhoseTimeIsOverGoes() throws Exception {
    try (Etcd2World world = new Etcd2World(server);
        KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root(), PATIENCE)) {
      watched.awaitPairs(Map.of());
      server.put2(world.root() + "/a", "1", "&ttl=1");
      watched.awaitPairs(Map.of(world.root() + "/a", "1"));
      watched.awaitPairs(2, Map.of());
    }
  }

  @Test
  void emptyFoldersAndHiddenKeysAreNothingAndEmptyValuesAreSomething() throws Exception {
    try (Etcd2World world = new Etcd2World(server);
        KeyValueStore store = world.store()) {
      server.put2(world.root() + "/full/a", "", "");
      server.put2(world.root() + "/full/_hidden", "1", "");
      server.put2(world.root() + "/empty/a", "1", "");
      server.delete2(world.root() + "/empty/a");
      try (WatchedStore watched = WatchedStore.start(store, world.root() + "/", PATIENCE)) {
        watched.awaitPairs(Map.of(world.root() + "/full/a", ""));
      }
    }
  }

  @Test
  void aHistoryThatHasBecomeTooShortIsMadeUpForByReading() throws Exception {
    try (Etcd2World world = new Etcd2World(server);
        KeyValueStore store = world.store();
        WatchedStore watched = WatchedStore.start(store, world.root(), PATIENCE)) {
      watched.awaitPairs(Map.of());
      world.fail(Fault.GONE);
      int failed = watched.count();
      world.put(world.root() + "/a", "1");
      for (int i = 0; i < 1100; i++) {
        server.put2("/noise", Integer.toString(i), "");
      }
      world.heal();
      watched.awaitPairs(failed, Map.of(world.root() + "/a", "1"));
      world.put(world.root() + "/a", "2");
      watched.awaitPairs(failed, Map.of(world.root() + "/a", "2"));
      assertThat(watched.count()).isGreaterThan(failed);
    }
  }
}

package dev.weir.kv.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.source.keyvalue.KeyValueSourceType;
import dev.weir.source.keyvalue.KeyValueSourceType.Options;
import dev.weir.source.keyvalue.KeyValueSourceType.Watched;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.Crowd;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an etcd is asked, however many pools there are: its port is counted. */
@RequiresServer(Server.ETCD)
class RealEtcdKindnessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final PoolId POOL = new PoolId("web");
  private static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "etcd"), Time.SYSTEM);

  @Test
  void manyPoolsBelowOnePrefixCostOneWatchAndNothingWhileNothingHappens(@TempDir Path folder)
      throws Exception {
    try (EtcdServer server = EtcdServer.start(folder);
        EtcdWorld world = new EtcdWorld(server)) {
      world.put(world.root() + "/web/one", "10.0.0.1:80");
      KeyValueSourceType<EtcdOptions> type =
          new KeyValueSourceType<>(new EtcdStoreType(), Pace.USUAL);
      Watched<EtcdOptions> all = new Watched<>(through(world), world.root() + "/");
      Options<EtcdOptions> web = new Options<>(all, world.root() + "/web/");
      try (Crowd crowd = Crowd.of(20, () -> type.open(web, CONTEXT), PATIENCE)) {
        crowd.awaitMembers(Set.of("one"));
        await().atMost(PATIENCE).until(() -> world.relay().connections() == 2);
        long before = world.relay().bytes();
        await()
            .atMost(PATIENCE)
            .during(IDLE)
            .untilAsserted(() -> assertThat(world.relay().bytes()).isEqualTo(before));
        world.put(world.root() + "/web/two", "10.0.0.2:80");
        crowd.awaitMembers(Set.of("one", "two"));
        assertThat(world.relay().bytes()).as("a change is told, not asked for").isEqualTo(before);
        assertThat(world.relay().connections()).isEqualTo(2);
      }
    }
  }

  private static EtcdOptions through(EtcdWorld world) {
    HttpOrigin origin = HttpOrigin.parse("http://127.0.0.1:" + world.relay().port(), 1);
    return new EtcdOptions(List.of(origin), TlsFiles.NONE, Optional.empty());
  }
}

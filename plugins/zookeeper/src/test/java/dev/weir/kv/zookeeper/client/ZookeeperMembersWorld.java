package dev.weir.kv.zookeeper.client;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.source.keyvalue.KeyValueSourceType;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.KeptMembersWorld;
import java.time.Duration;

/** Members in a ZooKeeper, seen by the source on top of it. */
final class ZookeeperMembersWorld extends KeptMembersWorld {

  private static final PoolId POOL = new PoolId("web");
  private static final Pace HASTY = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));

  ZookeeperMembersWorld(ZookeeperWorld store) {
    super(store, "/members/%s");
  }

  @Override
  protected Source source(KeyValueStoreType<String> stores, String prefix) {
    return new KeyValueSourceType<>(stores, HASTY)
        .open(
            new KeyValueSourceType.Options<>("store", prefix),
            new SourceType.Context(POOL, SourceName.of(POOL, "zookeeper"), Time.SYSTEM));
  }
}

package dev.weir.source.keyvalue;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.FoundPoolsWorld;
import dev.weir.testkit.contract.KeptMembersWorld;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld;
import java.time.Duration;

/** Members in a store, seen by the source on top of it. */
public final class StoredMembersWorld extends KeptMembersWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "store"), Time.SYSTEM);
  static final Pace HASTY = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));

  public StoredMembersWorld(KeyValueWorld store) {
    super(store, "/members/%s");
  }

  private StoredMembersWorld(KeyValueWorld store, String folder) {
    super(store, folder);
  }

  /** Pools that a key-value store holds, each a folder with one member. */
  public static SourceWorld ofPools(KeyValueWorld store) {
    KeyValueSourceType<String> type = new KeyValueSourceType<>(typeOf(store), HASTY);
    KeyValueSourceType.Watched<String> pools =
        new KeyValueSourceType.Watched<>("store", store.root() + "/pools/");
    return new FoundPoolsWorld(
        new StoredMembersWorld(store, "/pools/%s/one"),
        () -> type.folders().open(pools, Time.SYSTEM));
  }

  @Override
  protected Source source(KeyValueStoreType<String> stores, String prefix) {
    return new KeyValueSourceType<>(stores, HASTY)
        .open(new KeyValueSourceType.Options<>("store", prefix), CONTEXT);
  }
}

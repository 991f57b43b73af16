package dev.weir.source.keyvalue;

import dev.weir.follow.Pace;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import dev.weir.testkit.contract.FoundPoolsWorld;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.contract.SourceWorld;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Members that a key-value store holds, whichever it is. */
public final class StoredMembersWorld implements SourceWorld {

  static final PoolId POOL = new PoolId("web");
  static final SourceType.Context CONTEXT =
      new SourceType.Context(POOL, SourceName.of(POOL, "store"), Time.SYSTEM);
  static final Pace HASTY = new Pace(Duration.ofMillis(10), Duration.ofMillis(50));

  private final KeyValueWorld store;
  private final Set<String> held = new HashSet<>();
  private int stirs;

  private final String folder;

  public StoredMembersWorld(KeyValueWorld store) {
    this(store, "/members/%s");
  }

  private StoredMembersWorld(KeyValueWorld store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  /** Pools that a key-value store holds, each a folder with one member. */
  public static SourceWorld ofPools(KeyValueWorld store) {
    KeyValueSourceType<String> type = new KeyValueSourceType<>(new WorldType(store), HASTY);
    KeyValueSourceType.Watched<String> pools =
        new KeyValueSourceType.Watched<>("store", store.root() + "/pools/");
    return new FoundPoolsWorld(
        new StoredMembersWorld(store, "/pools/%s/one"),
        () -> type.folders().open(pools, Time.SYSTEM));
  }

  @Override
  public Source source() {
    return new KeyValueSourceType<>(new WorldType(store), HASTY)
        .open(new KeyValueSourceType.Options<>("store", store.root() + "/members/"), CONTEXT);
  }

  /** Opens the store of a world. */
  private record WorldType(KeyValueWorld world) implements KeyValueStoreType<String> {
    @Override
    public String name() {
      return "world";
    }

    @Override
    public Shape.Mapping<String> options() {
      return new Shape.Mapping<>("nothing", List.of(), values -> "store");
    }

    @Override
    public KeyValueStore open(String options, Time time) {
      return world.store();
    }
  }

  @Override
  public void hold(List<String> names) throws Exception {
    store.heal();
    for (String former : held) {
      if (!names.contains(former)) {
        store.delete(key(former));
      }
    }
    for (String name : names) {
      store.put(key(name), address(name));
    }
    held.clear();
    held.addAll(names);
  }

  private String key(String name) {
    return store.root() + folder.formatted(name);
  }

  private static String address(String name) {
    return "10.0.0." + (int) name.charAt(0) + ":80";
  }

  @Override
  public void fail(Fault fault) throws Exception {
    store.fail(fault);
  }

  @Override
  public void stir() throws Exception {
    store.put(store.root() + "/other", Integer.toString(++stirs));
    for (String name : held) {
      store.put(key(name), address(name));
    }
  }

  @Override
  public void rewind(List<String> names) throws Exception {
    Map<String, String> pairs = new TreeMap<>();
    names.forEach(name -> pairs.put(key(name), address(name)));
    store.recreate(pairs);
    held.clear();
    held.addAll(names);
  }

  @Override
  public Map<Ability, String> unable() {
    return store.unable();
  }

  @Override
  public Duration patience() {
    return store.patience();
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}

package dev.weir.testkit.contract;

import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Members that a key-value store holds, whichever it is, each in a key of its own. */
public abstract class KeptMembersWorld implements SourceWorld {

  private final KeyValueWorld store;
  private final Set<String> held = new HashSet<>();
  private final String folder;
  private int stirs;

  /**
   * @param folder the key of a member below the root, with its name as {@code %s}
   */
  protected KeptMembersWorld(KeyValueWorld store, String folder) {
    this.store = store;
    this.folder = folder;
  }

  /** The kind of store that opens this one. */
  protected static KeyValueStoreType<String> typeOf(KeyValueWorld store) {
    return new WorldType(store);
  }

  /**
   * The source on top of this kind of store, in haste.
   *
   * @param prefix below which the members are, with a slash at its end
   */
  protected abstract Source source(KeyValueStoreType<String> stores, String prefix);

  @Override
  public final Source source() {
    return source(typeOf(store), store.root() + folder.replaceFirst("%s.*", ""));
  }

  @Override
  public final Duration farewell() {
    return store.farewell();
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

package dev.weir.source.keyvalue;

import dev.weir.follow.Follower;
import dev.weir.follow.Followers;
import dev.weir.follow.Pace;
import dev.weir.follow.Shared;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.KeyValueStoreType;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.Source;
import dev.weir.spi.SourceType;
import dev.weir.spi.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The source that every kind of key-value store brings: members below a prefix. It has the store's
 * name and options, and the prefix.
 *
 * @param <S> the store's options
 */
public final class KeyValueSourceType<S> implements SourceType<KeyValueSourceType.Options<S>> {

  /** Below which key the members are. */
  static final Shape.Key<String> PREFIX =
      Shape.Key.required(
          "prefix",
          Shape.scalar("a path such as /web/members", KeyValueSourceType::folder),
          "Each key below this one is a member. Its value is `HOST:PORT`, or JSON as in `file`:"
              + " `{\"address\": ..., \"weight\": ..., \"labels\": ...}`; with any other value the"
              + " last part of the key is the address, else it is the member's name.");

  private final KeyValueStoreType<S> stores;
  private final Shape<Options<S>> options;
  private final Shared<Opened<S>, KeyValueStore> open;
  private final Followers<Watched<S>, SortedMap<String, String>> followers;
  private final FolderSearch<S> folders;

  /**
   * What it is told.
   *
   * @param watched what is followed in the store: the prefix, or a folder that several have in
   *     common
   * @param prefix below which the members are; with a slash at both ends
   */
  public record Options<S>(Watched<S> watched, String prefix) {

    /** Follows this prefix alone. */
    public Options(S store, String prefix) {
      this(new Watched<>(store, prefix), prefix);
    }
  }

  /**
   * What is followed, once however many sources look at it.
   *
   * @param prefix with a slash at both ends
   */
  public record Watched<S>(S store, String prefix) {
    @Override
    public String toString() {
      return store + " " + prefix;
    }
  }

  private record Opened<S>(S store, Time time) {}

  public KeyValueSourceType(KeyValueStoreType<S> stores) {
    this(stores, Pace.USUAL);
  }

  /** The source on top of this kind of store, for tests in more haste. */
  public KeyValueSourceType(KeyValueStoreType<S> stores, Pace pace) {
    this.stores = stores;
    this.options = shape(stores.options());
    this.open = new Shared<>(key -> stores.open(key.store(), key.time()), KeyValueStore::close);
    this.followers = new Followers<>(pace, this::follower);
    this.folders = new FolderSearch<>(stores.options(), followers);
  }

  private static <S> Shape<Options<S>> shape(Shape.Mapping<S> store) {
    return new Shape.Mapping<>(
        expectation(store),
        keys(PREFIX, store),
        values -> new Options<>(store.build().apply(values), values.get(PREFIX)));
  }

  /** What a prefix in this kind of store is written as. */
  static String expectation(Shape.Mapping<?> store) {
    return store.keys().isEmpty()
        ? "a mapping with prefix"
        : "a mapping with prefix, and " + store.expectation() + " or at";
  }

  /** The keys of a prefix in this kind of store; one without keys can be no connection. */
  static List<Shape.Key<?>> keys(Shape.Key<String> prefix, Shape.Mapping<?> store) {
    List<Shape.Key<?>> keys = new ArrayList<>();
    if (!store.keys().isEmpty()) {
      keys.add(AT);
    }
    keys.add(prefix);
    keys.addAll(store.keys());
    return keys;
  }

  @Override
  public String name() {
    return stores.name();
  }

  @Override
  public Shape<Options<S>> options() {
    return options;
  }

  @Override
  public List<Shape.Key<?>> connection() {
    return stores.options().keys();
  }

  @Override
  public String connectionName() {
    return stores.connectionName();
  }

  @Override
  public Source open(Options<S> options, Context context) {
    return sink -> {
      KeyedMembers members = new KeyedMembers(context);
      followers
          .source(
              options.watched(),
              context.time(),
              pairs -> members.report(Folders.below(options.prefix(), pairs)))
          .watch(sink);
    };
  }

  @Override
  public Optional<PoolSearch<?, Options<S>>> search() {
    return Optional.of(folders);
  }

  FolderSearch<S> folders() {
    return folders;
  }

  private Follower<SortedMap<String, String>> follower(Watched<S> watched, Time time) {
    return teller -> {
      try (Shared.Lease<KeyValueStore> store = open.take(new Opened<>(watched.store(), time))) {
        store.get().watch(watched.prefix(), teller::accept);
      }
    };
  }

  static String folder(String text) {
    String checked = KeyValueStore.checkPrefix(text);
    return checked.endsWith("/") ? checked : checked + "/";
  }
}

package dev.weir.source.keyvalue;

import dev.weir.follow.Followers;
import dev.weir.source.keyvalue.KeyValueSourceType.Options;
import dev.weir.source.keyvalue.KeyValueSourceType.Watched;
import dev.weir.spi.PoolFinder;
import dev.weir.spi.PoolSearch;
import dev.weir.spi.Shape;
import dev.weir.spi.Time;
import java.util.SortedMap;

/**
 * Finds a pool in every folder below a prefix. The prefix is watched once, for the search and for
 * the members of all its pools.
 *
 * @param <S> the store's options
 */
final class FolderSearch<S> implements PoolSearch<Watched<S>, Options<S>> {

  /** Below which key the folders are. */
  private static final Shape.Key<String> PREFIX =
      Shape.Key.required(
          "prefix",
          Shape.scalar("a path such as /pools", KeyValueSourceType::folder),
          "Each folder below this key is a pool, and each key in it a member.");

  private final Shape<Watched<S>> options;
  private final Followers<Watched<S>, SortedMap<String, String>> followers;

  FolderSearch(Shape.Mapping<S> store, Followers<Watched<S>, SortedMap<String, String>> followers) {
    this.options =
        new Shape.Mapping<>(
            KeyValueSourceType.expectation(store),
            KeyValueSourceType.keys(PREFIX, store),
            values -> new Watched<>(store.build().apply(values), values.get(PREFIX)));
    this.followers = followers;
  }

  @Override
  public Shape<Watched<S>> options() {
    return options;
  }

  @Override
  public String variable() {
    return "folder";
  }

  @Override
  public PoolFinder open(Watched<S> search, Time time) {
    return followers.finder(search, time, pairs -> Folders.pools(search.prefix(), pairs));
  }

  @Override
  public Options<S> of(Watched<S> search, String key) {
    return new Options<>(search, search.prefix() + key + "/");
  }
}

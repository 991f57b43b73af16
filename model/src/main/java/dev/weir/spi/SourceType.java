package dev.weir.spi;

import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import java.util.List;
import java.util.Optional;

/**
 * A kind of source: its key in a pool's {@code sources} list, its options, and how it is opened.
 *
 * @param <O> its options, an immutable record
 */
public interface SourceType<O> {

  /** The key that names a connection, for kinds of sources that have {@link #connection} keys. */
  Shape.Key<String> AT =
      Shape.Key.optional(
          "at",
          Shape.text("the name of a connection"),
          "The connection whose keys are taken; a key that is written here as well replaces it.");

  /** The key in the configuration: {@code docker}. */
  String name();

  /** How its options are written. */
  Shape<O> options();

  /**
   * Whether members of a source with these options may take connections with nothing behind them,
   * so that a check that only connects proves nothing.
   */
  default boolean connectsInVain(O options) {
    return false;
  }

  /**
   * Those keys of the options that say how to reach the outside system. They may stand in a named
   * connection instead, which {@code at} refers to; none where there are none.
   */
  default List<Shape.Key<?>> connection() {
    return List.of();
  }

  /** The kind of connection that those keys make; sources that have it in common share them. */
  default String connectionName() {
    return name();
  }

  /** How it finds pools for pool sets; absent where it cannot. */
  default Optional<PoolSearch<?, O>> search() {
    return Optional.empty();
  }

  /** Makes a source; does no I/O yet. */
  Source open(O options, Context context);

  /**
   * What a source is told beside its options.
   *
   * @param pool whose members it reports
   * @param name its own name, for the members it reports
   * @param drains how far members of the pool are that the source has as draining; absent where the
   *     source is only looked at, and must not change anything outside
   */
  record Context(PoolId pool, SourceName name, Time time, Optional<Drains> drains) {

    /** Where the source is only looked at. */
    public Context(PoolId pool, SourceName name, Time time) {
      this(pool, name, time, Optional.empty());
    }
  }
}

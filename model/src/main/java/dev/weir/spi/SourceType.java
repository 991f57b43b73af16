package dev.weir.spi;

import dev.weir.model.PoolId;
import dev.weir.model.SourceName;

/**
 * A kind of source: its key in a pool's {@code sources} list, its options, and how it is opened.
 *
 * @param <O> its options, an immutable record
 */
public interface SourceType<O> {

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

  /** Makes a source; does no I/O yet. */
  Source open(O options, Context context);

  /**
   * What a source is told beside its options.
   *
   * @param pool whose members it reports
   * @param name its own name, for the members it reports
   */
  record Context(PoolId pool, SourceName name, Time time) {}
}

package dev.weir.spi;

/**
 * How a kind of source finds out which pools there are, and how it is then the source of each of
 * them. What the search and the sources of its pools look at is followed once.
 *
 * @param <E> options of the search, an immutable record
 * @param <O> options of a source of this kind
 */
public interface PoolSearch<E, O> {

  /** How the options of a search are written; {@link SourceType#connection} keys among them. */
  Shape<E> options();

  /** What stands for a pool's key in the pattern of its name: {@code service}. */
  String variable();

  /** Makes what searches; does no I/O yet. */
  PoolFinder open(E search, Time time);

  /** The options of the source of one pool that was found. */
  O of(E search, String key);
}

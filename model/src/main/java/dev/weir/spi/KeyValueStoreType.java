package dev.weir.spi;

/**
 * A kind of key-value store: its key in {@code connections}, its options, and how it is opened.
 *
 * @param <O> its options, an immutable value; two that are equal are one connection
 */
public interface KeyValueStoreType<O> {

  /** The key in the configuration: {@code etcd}. */
  String name();

  /** How its options are written. */
  Shape.Mapping<O> options();

  /** Makes a client; does no I/O yet. */
  KeyValueStore open(O options, Time time);
}

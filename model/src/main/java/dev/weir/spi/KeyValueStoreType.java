package dev.weir.spi;

/**
 * A kind of key-value store: its name, its options, and how it is opened.
 *
 * @param <O> its options, an immutable value; two that are equal are one connection
 */
public interface KeyValueStoreType<O> {

  /** The key of a source on top of it: {@code etcd}. */
  String name();

  /** The kind of connection that its options make. */
  default String connectionName() {
    return name();
  }

  /** How its options are written. */
  Shape.Mapping<O> options();

  /** Makes a client; does no I/O yet. */
  KeyValueStore open(O options, Time time);
}

package dev.weir.spi;

/**
 * A kind of probe: its key in a pool's {@code check}, its options, and how it is opened.
 *
 * @param <O> its options, an immutable record
 */
public interface ProbeType<O> {

  /** The key in the configuration: {@code http}. */
  String name();

  /** How its options are written. */
  Shape<O> options();

  /** The same options for another path, where this kind of probe asks for one. */
  default O at(O options, String path) {
    return options;
  }

  /**
   * Makes a probe; reads at most the files its options name.
   *
   * @throws SetupException when such a file cannot be used
   */
  Probe open(O options, Time time) throws SetupException;
}

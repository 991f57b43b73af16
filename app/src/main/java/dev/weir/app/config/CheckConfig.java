package dev.weir.app.config;

import dev.weir.spi.Probe;
import dev.weir.spi.ProbeType;
import dev.weir.spi.SetupException;
import dev.weir.spi.Time;

/** The kind of a pool's check and its options; its rhythm stands in the pool's policy. */
public record CheckConfig<O>(ProbeType<O> type, O options) {

  /** The same for another path, where this kind of check has one. */
  CheckConfig<O> at(String path) {
    return new CheckConfig<>(type, type.at(options, path));
  }

  /**
   * Makes the probe.
   *
   * @throws SetupException when a file that its options name cannot be used
   */
  public Probe open(Time time) throws SetupException {
    return type.open(options, time);
  }
}

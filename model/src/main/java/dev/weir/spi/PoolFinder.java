package dev.weir.spi;

import dev.weir.model.PoolsReport;

/**
 * Where pools are discovered. One instance serves one pool set and is run by one virtual thread. It
 * promises what a {@link Source} promises.
 */
public interface PoolFinder {

  /**
   * Looks and reports until interrupted: once at the start, then whenever something changed.
   *
   * @throws InterruptedException within a second of the interrupt, with nothing left behind
   */
  void watch(Sink sink) throws InterruptedException;

  /** Takes reports; safe for any thread, never blocks for long. */
  @FunctionalInterface
  interface Sink {
    void report(PoolsReport report);
  }
}

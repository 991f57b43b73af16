package dev.weir.spi;

import dev.weir.model.SourceReport;

/**
 * Where members are discovered. One instance serves one pool and is run by one virtual thread.
 *
 * <p>Promises, proved by the source contract test: reachable gives {@link SourceReport.Complete} in
 * bounded time; unreachable, slow, half an answer and nonsense give {@link
 * SourceReport.Unavailable}, never an empty {@code Complete}; after an outage it reports again by
 * itself; order and duplicates do not matter; an unchanged world does not flood the sink; an
 * upstream whose index went backwards is read anew.
 */
public interface Source {

  /**
   * Looks and reports until interrupted: once at the start, then whenever something changed.
   *
   * @throws InterruptedException within a second of the interrupt, with no thread, process or
   *     connection left behind
   */
  void watch(Sink sink) throws InterruptedException;

  /** Takes reports; safe for any thread, never blocks for long. */
  @FunctionalInterface
  interface Sink {
    void report(SourceReport report);
  }
}

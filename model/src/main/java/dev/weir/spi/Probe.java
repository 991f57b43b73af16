package dev.weir.spi;

import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import java.time.Duration;

/**
 * How the members of a pool are probed.
 *
 * <p>Promises, proved by the probe contract test: bounded time and bytes; refused, timed out, wrong
 * answer and TLS failure are told apart; an interrupt ends it.
 */
public interface Probe {

  /** Opens a session with one member; does no I/O yet. */
  Session open(Endpoint endpoint);

  /**
   * Opens a session whose looks are taken down; does no I/O yet. One that has nothing to tell but
   * its conclusions tells nothing.
   */
  default Session open(Endpoint endpoint, Transcript transcript) {
    return open(endpoint);
  }

  /** The probes of one member, used by one thread; may keep a connection between two looks. */
  interface Session extends AutoCloseable {

    /**
     * Probes once.
     *
     * @param timeout for the whole probe; more than zero
     * @return the result, also for every kind of failure
     */
    ProbeResult look(Duration timeout) throws InterruptedException;

    /** Drops any kept connection, by reset. */
    @Override
    void close();
  }
}

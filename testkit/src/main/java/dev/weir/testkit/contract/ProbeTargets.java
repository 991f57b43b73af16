package dev.weir.testkit.contract;

import dev.weir.model.Endpoint;

/**
 * A network whose targets behave as a test says: real sockets on loopback, or a pretended one.
 * Closing ends all of them.
 */
public interface ProbeTargets extends AutoCloseable {

  /** A new target. */
  Endpoint start(Behaviour behaviour);

  /** Behaves differently from now on; ends the connections that the target has. */
  void change(Endpoint target, Behaviour behaviour);

  /** Ends the target's connections in an orderly way; it still takes new ones. */
  void hangUp(Endpoint target);

  /** How many connections are open now, as the target sees it. */
  int open(Endpoint target);

  /** How many connections the target has taken since its start. */
  int taken(Endpoint target);

  /** How many bytes the target could send since its start. */
  long sent(Endpoint target);

  @Override
  void close();
}

package dev.weir.probe.tcp;

import java.util.Optional;

/**
 * How members are checked by TCP.
 *
 * @param port the port to connect to; absent for the member's own
 */
public record TcpOptions(Optional<Integer> port) {

  /** The member's own port. */
  public static final TcpOptions DEFAULT = new TcpOptions(Optional.empty());
}

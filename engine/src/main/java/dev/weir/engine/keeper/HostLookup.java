package dev.weir.engine.keeper;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks up host names; may block for as long as the system's resolver does. */
@FunctionalInterface
public interface HostLookup {

  /** The system's resolver. */
  HostLookup SYSTEM = name -> List.of(InetAddress.getAllByName(name));

  /**
   * All addresses of a name, in any order.
   *
   * @throws UnknownHostException when there is none, or nobody could be asked
   */
  List<InetAddress> lookup(String name) throws UnknownHostException;
}

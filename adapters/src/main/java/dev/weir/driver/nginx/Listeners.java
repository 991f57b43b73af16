package dev.weir.driver.nginx;

import dev.weir.model.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out whether nginx could listen where a new text wants it to. Its own test does not: a port
 * that somebody else has fails the reload, and would keep a stopped nginx from starting.
 */
final class Listeners {

  private Listeners() {}

  /**
   * The first listener of the new text that another program has.
   *
   * @param held a text whose listeners the running nginx has already; empty when it does not run
   */
  static Optional<Endpoint.Ip> taken(String text, String held) {
    Set<Endpoint.Ip> wanted = new HashSet<>(UpstreamsText.listeners(text));
    wanted.removeAll(UpstreamsText.listeners(held));
    return wanted.stream().filter(Listeners::isTaken).findFirst();
  }

  /** Binds without listening: nobody who connects meanwhile is answered by us. */
  private static boolean isTaken(Endpoint.Ip at) {
    try (Socket socket = new Socket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(at.ip(), at.port()));
      return false;
    } catch (IOException inUse) {
      return true;
    }
  }
}

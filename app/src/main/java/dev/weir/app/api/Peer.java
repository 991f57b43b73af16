package dev.weir.app.api;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.server.Request;

/** Who sits at the other end of a connection, as the kernel knows it. */
final class Peer {

  private Peer() {}

  /** The user at the other end of a unix socket, by name, or by number where there is no name. */
  static String user(Request request) throws IOException {
    Object transport = request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    if (!(transport instanceof SocketChannel channel)) {
      throw new IOException("no socket channel below the connection: " + transport);
    }
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }
}

package dev.weir.app.api;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Who sits at the other end of a connection, as the kernel knows it. */
final class Peer {

  private Peer() {}

  /** The subject of the certificate that the client has shown; absent where it has shown none. */
  static Optional<X500Principal> subject(Request request) {
    EndPoint.SslSessionData tls =
        request.getConnectionMetaData().getConnection().getEndPoint().getSslSessionData();
    return tls == null || tls.peerCertificates() == null || tls.peerCertificates().length == 0
        ? Optional.empty()
        : Optional.of(tls.peerCertificates()[0].getSubjectX500Principal());
  }

  /** The user at the other end of a unix socket, by name, or by number where there is no name. */
  static String user(Request request) throws IOException {
    Object transport = request.getConnectionMetaData().getConnection().getEndPoint().getTransport();
    if (!(transport instanceof SocketChannel channel)) {
      throw new IOException("no socket channel below the connection: " + transport);
    }
    return channel.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }
}

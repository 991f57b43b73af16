package dev.weir.app.api;

import dev.weir.model.Endpoint;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** Makes Jetty's connectors. */
final class Listener {

  private Listener() {}

  /** The connector of a gate's endpoint, not started; its name is the endpoint. */
  static AbstractConnector connector(
      Server server, HttpConfiguration http, Gate gate, Limits limits) {
    Endpoint endpoint = gate.endpoint();
    ConnectionFactory[] protocols = protocols(http, gate.certificates());
    AbstractConnector connector =
        switch (endpoint) {
          case Endpoint.UnixSocket socket -> {
            UnixDomainServerConnector unix = new UnixDomainServerConnector(server, 1, 1, protocols);
            unix.setUnixDomainPath(Path.of(socket.path()));
            yield unix;
          }
          case Endpoint.Ip ip -> {
            ServerConnector tcp = new ServerConnector(server, 1, 1, protocols);
            tcp.setHost(ip.host());
            tcp.setPort(ip.port());
            yield tcp;
          }
        };
    connector.setName(endpoint.toString());
    connector.setIdleTimeout(limits.idle().toMillis());
    var _ = connector.addBean(new Guests(limits.connections()));
    return connector;
  }

  /** The gate looks at hosts; a second opinion would only say the same in other words. */
  private static ConnectionFactory[] protocols(
      HttpConfiguration http, Optional<Certificates> certificates) {
    if (certificates.isEmpty()) {
      return new ConnectionFactory[] {new HttpConnectionFactory(http)};
    }
    HttpConfiguration secure = new HttpConfiguration(http);
    secure.addCustomizer(new SecureRequestCustomizer(false));
    HttpConnectionFactory protocol = new HttpConnectionFactory(secure);
    return new ConnectionFactory[] {
      new SslConnectionFactory(certificates.get().factory(), protocol.getProtocol()), protocol
    };
  }
}

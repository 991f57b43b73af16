package dev.weir.app.api;

import dev.weir.model.Endpoint;
import java.nio.file.Path;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;

/** Makes Jetty's connectors. */
final class Listener {

  private Listener() {}

  /** The connector of an endpoint, not started; its name is the endpoint. */
  static AbstractConnector connector(
      Server server, HttpConfiguration http, Endpoint endpoint, Limits limits) {
    HttpConnectionFactory protocol = new HttpConnectionFactory(http);
    AbstractConnector connector =
        switch (endpoint) {
          case Endpoint.UnixSocket socket -> {
            UnixDomainServerConnector unix = new UnixDomainServerConnector(server, 1, 1, protocol);
            unix.setUnixDomainPath(Path.of(socket.path()));
            yield unix;
          }
          case Endpoint.Ip ip -> {
            ServerConnector tcp = new ServerConnector(server, 1, 1, protocol);
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
}

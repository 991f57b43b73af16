package dev.weir.net;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;

/** Where an HTTP server listens, and whether TLS is spoken there. */
public sealed interface HttpTarget {

  /** A unix stream socket. */
  record UnixSocket(Endpoint.UnixSocket socket) implements HttpTarget {
    @Override
    public String toString() {
      return socket.toString();
    }
  }

  /** A TCP port. */
  record Tcp(Address address) implements HttpTarget {
    @Override
    public String toString() {
      return "http://" + address;
    }
  }

  /** A TCP port that speaks TLS. */
  record Tls(Address address, TlsFiles files) implements HttpTarget {
    @Override
    public String toString() {
      return "https://" + address;
    }
  }

  /**
   * Reads {@code unix:/path}, {@code unix:///path}, {@code tcp://host:port}, {@code
   * http://host:port} or {@code host:port}.
   *
   * @throws IllegalArgumentException with the value and what was expected
   */
  static HttpTarget parse(String text) {
    if (text.startsWith("unix:")) {
      String path = text.substring("unix:".length());
      return new UnixSocket(
          new Endpoint.UnixSocket(path.startsWith("//") ? path.substring(2) : path));
    }
    String address = text;
    for (String scheme : new String[] {"tcp://", "http://"}) {
      if (text.startsWith(scheme)) {
        address = text.substring(scheme.length());
      }
    }
    return new Tcp(Address.parse(address.endsWith("/") ? withoutLast(address) : address));
  }

  /** Whether no one but this machine can listen to what is said. */
  default boolean isLocal() {
    return switch (this) {
      case UnixSocket socket -> true;
      case Tcp tcp -> isLocal(tcp.address());
      case Tls tls -> isLocal(tls.address());
    };
  }

  private static boolean isLocal(Address address) {
    return switch (address) {
      case Endpoint.Ip ip -> ip.ip().isLoopbackAddress();
      case Endpoint.UnixSocket socket -> true;
      case Address.Host host -> host.name().equals(LOCALHOST);
    };
  }

  /** The one name that means this machine everywhere. */
  String LOCALHOST = "localhost";

  private static String withoutLast(String text) {
    return text.substring(0, text.length() - 1);
  }

  /** What stands in a URI for the server. */
  default String authority() {
    return switch (this) {
      case UnixSocket socket -> LOCALHOST;
      case Tcp tcp -> tcp.address().toString();
      case Tls tls -> tls.address().toString();
    };
  }
}

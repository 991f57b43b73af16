package dev.weir.app.config;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.spi.Shape;
import java.util.List;
import java.util.Optional;

/**
 * One place where the API is offered.
 *
 * @param endpoint a unix socket, for reading and writing, or a port, for reading and, by who shows
 *     who they are, for writing
 * @param tls absent: in the clear
 */
public record Listen(Endpoint endpoint, Optional<ListenTls> tls) {

  private static final Shape.Key<Endpoint> LISTEN =
      Shape.Key.required(
          "listen",
          Shape.scalar("unix:/PATH or IP:PORT", Listen::parse),
          "Where to listen: a unix socket takes reads and writes, a loopback port reads only"
              + " unless a token is shown. Any other port needs `tls`, and a token or a client"
              + " certificate for everything.");

  private static final Shape.Key<ListenTls> TLS =
      Shape.Key.optional("tls", ListenTls.SHAPE, "How TLS is spoken there.");

  /** The listeners of a configuration that names none. */
  public static final List<Listen> DEFAULT =
      List.of(plain("unix:/run/weir/api.sock"), plain("127.0.0.1:7780"));

  static final Shape<List<Listen>> SHAPE =
      Shape.listOf(
          new Shape.Mapping<>(
              "a mapping with listen",
              List.of(LISTEN, TLS),
              values -> new Listen(values.get(LISTEN), values.find(TLS))));

  public Listen {
    if (tls.isPresent() && endpoint instanceof Endpoint.UnixSocket) {
      throw new IllegalArgumentException("tls on a unix socket (expected: on a port)");
    }
  }

  private static Listen plain(String text) {
    return new Listen(parse(text), Optional.empty());
  }

  private static Endpoint parse(String text) {
    return switch (Address.parse(text)) {
      case Endpoint endpoint -> endpoint;
      case Address.Host host ->
          throw new IllegalArgumentException(host.name() + " is a name, not an IP");
    };
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}

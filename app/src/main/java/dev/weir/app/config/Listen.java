package dev.weir.app.config;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.spi.Shape;
import java.util.List;

/**
 * One place where the API is offered.
 *
 * @param endpoint a unix socket, for reading and writing, or a loopback port, for reading
 */
public record Listen(Endpoint endpoint) {

  private static final Shape.Key<Listen> LISTEN =
      Shape.Key.required(
          "listen",
          Shape.scalar("unix:/PATH or a loopback IP:PORT", Listen::parse),
          "Where to listen: a unix socket takes reads and writes, a loopback port reads only.");

  /** The listeners of a configuration that names none. */
  public static final List<Listen> DEFAULT =
      List.of(parse("unix:/run/weir/api.sock"), parse("127.0.0.1:7780"));

  static final Shape<List<Listen>> SHAPE =
      Shape.listOf(
          new Shape.Mapping<>(
              "a mapping with listen", List.of(LISTEN), values -> values.get(LISTEN)));

  public Listen {
    if (endpoint instanceof Endpoint.Ip ip && !ip.ip().isLoopbackAddress()) {
      throw new IllegalArgumentException("anybody could reach it");
    }
  }

  private static Listen parse(String text) {
    return switch (Address.parse(text)) {
      case Endpoint endpoint -> new Listen(endpoint);
      case Address.Host host ->
          throw new IllegalArgumentException(host.name() + " is a name, not an IP");
    };
  }

  @Override
  public String toString() {
    return endpoint.toString();
  }
}

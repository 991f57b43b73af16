package dev.weir.driver.nginx;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Quoted;
import dev.weir.spi.Shape;
import java.net.Inet4Address;
import java.util.List;

/**
 * Where a running nginx answers which content it runs.
 *
 * @param listen where nginx listens, in its own network
 * @param ask where Weir finds it: the same, but for an nginx in a network of its own, whose port is
 *     published
 */
public record Confirm(Endpoint.Ip listen, Endpoint.Ip ask) {

  private static final Shape.Key<Endpoint.Ip> LISTEN =
      Shape.Key.required(
          "listen",
          Shape.scalar("an IPv4 address and port", Confirm::ipv4),
          "Where nginx listens in the network of its container, as 0.0.0.0:7781.");
  private static final Shape.Key<Endpoint.Ip> ASK =
      Shape.Key.required(
          "ask",
          Shape.scalar("an IPv4 address and port", Confirm::ipv4),
          "Where Weir reaches that, as the port is published.");

  /** One address for both, on loopback, or two. */
  static final Shape<Confirm> SHAPE =
      new Shape.Either<>(
          "an IPv4 loopback address and port, or { listen: ADDRESS, ask: ADDRESS }",
          List.of(
              Shape.scalar("an IPv4 loopback address and port", Confirm::loopback),
              new Shape.Mapping<>(
                  "{ listen: ADDRESS, ask: ADDRESS }",
                  List.of(LISTEN, ASK),
                  values -> new Confirm(values.get(LISTEN), values.get(ASK)))));

  /** On loopback, where both are in one network. */
  static Confirm loopback(String text) {
    Endpoint.Ip at = ipv4(text);
    if (at.ip().isLoopbackAddress()) {
      return new Confirm(at, at);
    }
    throw new IllegalArgumentException("%s is not on 127.0.0.0/8".formatted(Quoted.of(text)));
  }

  private static Endpoint.Ip ipv4(String text) {
    if (Address.parse(text) instanceof Endpoint.Ip at && at.ip() instanceof Inet4Address) {
      return at;
    }
    throw new IllegalArgumentException("%s is not one".formatted(Quoted.of(text)));
  }

  /** Whether others than this machine's own may ask too. */
  boolean isOpen() {
    return !listen.ip().isLoopbackAddress();
  }
}

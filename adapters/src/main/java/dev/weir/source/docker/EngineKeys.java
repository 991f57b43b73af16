package dev.weir.source.docker;

import dev.weir.model.Address;
import dev.weir.net.HttpOrigin;
import dev.weir.net.HttpTarget;
import dev.weir.net.TlsFiles;
import dev.weir.net.TlsKeys;
import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.util.List;
import java.util.Optional;

/** How a configuration says where an engine is. */
final class EngineKeys {

  private static final String SECURED = "https://";
  private static final int SECURED_PORT = 2376;

  /** Where the engine listens, not yet checked against the other keys. */
  static final Shape.Key<HttpTarget> ENGINE =
      Shape.Key.defaulted(
          "engine",
          Shape.scalar("unix:/PATH, IP:PORT on loopback, or https://HOST:PORT", EngineKeys::parse),
          HttpTarget.parse("unix:/var/run/docker.sock"),
          "unix:/var/run/docker.sock",
          "Where the engine's API listens: a unix socket, plain TCP on loopback, or TLS, which is"
              + " spoken on `tcp://` too where `ca`, `cert` or `key` is given.");

  /** All of them. */
  static final List<Shape.Key<?>> ALL = List.of(ENGINE, TlsKeys.CA, TlsKeys.CERT, TlsKeys.KEY);

  private EngineKeys() {}

  /**
   * The engine that the values name.
   *
   * @throws IllegalArgumentException for one that anybody could listen to, or files for TLS where
   *     none is spoken
   */
  static HttpTarget target(Values values) {
    TlsFiles files = TlsKeys.files(values);
    boolean wanted = !files.equals(TlsFiles.NONE);
    return switch (values.get(ENGINE)) {
      case HttpTarget.Tls tls -> new HttpTarget.Tls(tls.address(), files);
      case HttpTarget.Tcp tcp when wanted -> new HttpTarget.Tls(tcp.address(), files);
      case HttpTarget.Tcp tcp when tcp.isLocal() -> tcp;
      case HttpTarget.Tcp tcp ->
          throw new IllegalArgumentException(
              "engine: %s (expected: a unix socket, a port on loopback, or https:// with ca, cert and"
                      .formatted(tcp)
                  + " key; who reaches the API is root on that machine)");
      case HttpTarget.UnixSocket socket when wanted ->
          throw new IllegalArgumentException(
              "engine: %s with ca, cert or key (expected: https://HOST:PORT; a unix socket has no TLS)"
                  .formatted(socket));
      case HttpTarget.UnixSocket socket -> socket;
    };
  }

  /** The machine of an engine that is another than this; absent for this one. */
  static Optional<String> machine(HttpTarget engine) {
    return switch (engine) {
      case HttpTarget.UnixSocket socket -> Optional.empty();
      case HttpTarget.Tcp tcp -> elsewhere(engine, tcp.address());
      case HttpTarget.Tls tls -> elsewhere(engine, tls.address());
    };
  }

  private static Optional<String> elsewhere(HttpTarget engine, Address address) {
    return engine.isLocal() ? Optional.empty() : Optional.of(address.host());
  }

  private static HttpTarget parse(String text) {
    return text.startsWith(SECURED)
        ? HttpOrigin.parse(text, SECURED_PORT).target(TlsFiles.NONE)
        : HttpTarget.parse(text);
  }
}

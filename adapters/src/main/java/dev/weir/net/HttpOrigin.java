package dev.weir.net;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;

/**
 * Scheme, host and port of an HTTP server, as a configuration names it.
 *
 * @param scheme whether TLS is spoken
 */
public record HttpOrigin(Scheme scheme, Address address) {

  /** How an HTTP server is spoken to. */
  public enum Scheme {
    HTTP,
    HTTPS
  }

  public HttpOrigin {
    if (address instanceof Endpoint.UnixSocket) {
      throw new IllegalArgumentException(
          "%s (expected: a host, not a unix socket)".formatted(address));
    }
  }

  /**
   * Reads {@code http://HOST[:PORT]}, {@code https://HOST[:PORT]}, or {@code HOST:PORT} without
   * TLS.
   *
   * @throws IllegalArgumentException with the value and what was expected
   */
  public static HttpOrigin parse(String text, int defaultPort) {
    Scheme scheme = text.startsWith("https://") ? Scheme.HTTPS : Scheme.HTTP;
    String rest = text.replaceFirst("^https?://", "");
    rest = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
    boolean hasPort = rest.matches(".*[^:]:[0-9]+") && !rest.endsWith("]");
    return new HttpOrigin(scheme, Address.parse(hasPort ? rest : rest + ":" + defaultPort));
  }

  /** Where that is, with these files where TLS is spoken. */
  public HttpTarget target(TlsFiles files) {
    return switch (scheme) {
      case HTTP -> new HttpTarget.Tcp(address);
      case HTTPS -> new HttpTarget.Tls(address, files);
    };
  }

  @Override
  public String toString() {
    return (scheme == Scheme.HTTPS ? "https://" : "http://") + address;
  }
}

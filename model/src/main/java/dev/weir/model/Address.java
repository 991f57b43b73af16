package dev.weir.model;

import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * Where a member listens, as its source names it. A host name is identity only: Weir resolves it,
 * and drivers and probes are handed an {@link Endpoint}.
 */
public sealed interface Address extends Comparable<Address> permits Address.Host, Endpoint {

  /** A host name and port, not yet resolved. */
  record Host(String name, int port) implements Address {

    /** All that could be meant as an IPv4 address. */
    private static final Pattern IPV4_LIKE = Pattern.compile("[0-9.]+");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private static final Pattern NAME =
        Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*");

    public Host {
      if (!NAME.matcher(name).matches() || name.chars().allMatch(c -> c == '.' || isDigit(c))) {
        throw new IllegalArgumentException(
            "host: %s (expected: a DNS name)".formatted(Quoted.of(name)));
      }
      checkPort(port);
    }

    @Override
    public String host() {
      return name;
    }

    @Override
    public String toString() {
      return name + ":" + port;
    }

    private static boolean isDigit(int c) {
      return c >= '0' && c <= '9';
    }
  }

  /** The host part alone: an IP, a host name, or the path of a unix socket. */
  String host();

  /** The port, or 0 for a unix socket. */
  int port();

  @Override
  default int compareTo(Address other) {
    return toString().compareTo(other.toString());
  }

  /**
   * Reads {@code 10.0.0.1:80}, {@code [2001:db8::1]:80}, {@code host.example:80} or {@code
   * unix:/path}.
   *
   * @throws IllegalArgumentException with the value and what was expected
   */
  static Address parse(String text) {
    if (text.startsWith("unix:")) {
      return new Endpoint.UnixSocket(text.substring("unix:".length()));
    }
    int colon = text.lastIndexOf(':');
    if (colon <= 0) {
      throw malformed(text);
    }
    return of(text.substring(0, colon), parsePort(text, text.substring(colon + 1)));
  }

  /**
   * An address from a host part, an IP (IPv6 with or without brackets) or a name, and a port.
   *
   * @throws IllegalArgumentException with the value and what was expected
   */
  static Address of(String host, int port) {
    if (host.startsWith("[") && host.endsWith("]")) {
      return ip(host.substring(1, host.length() - 1), port);
    }
    boolean literal = host.indexOf(':') >= 0 || Host.IPV4_LIKE.matcher(host).matches();
    return literal ? ip(host, port) : new Host(host, port);
  }

  private static Endpoint.Ip ip(String literal, int port) {
    if (literal.indexOf('%') >= 0) {
      throw malformed(literal);
    }
    return new Endpoint.Ip(InetAddress.ofLiteral(literal), port);
  }

  private static int parsePort(String whole, String digits) {
    if (!Host.PORT.matcher(digits).matches()) {
      throw malformed(whole);
    }
    return Integer.parseInt(digits);
  }

  private static IllegalArgumentException malformed(String text) {
    return new IllegalArgumentException(
        "address: %s (expected: IP:PORT, [IPV6]:PORT, HOST:PORT or unix:/PATH)"
            .formatted(Quoted.of(text)));
  }

  /** Refuses what is no TCP port. */
  static int checkPort(int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("port: %d (expected: 1 to 65535)".formatted(port));
    }
    return port;
  }
}

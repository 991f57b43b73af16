package dev.weir.model;

import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
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

    /** No short forms and no leading zeros, which other programs read as another address. */
    private static final Pattern DOTTED_QUAD =
        Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");

    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");

    private static final Pattern NAME =
        Pattern.compile(
            "(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_]([A-Za-z0-9_-]{0,62}))*");

    /** A last label like this makes resolvers read the whole as an IP in one of its old forms. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");

    public Host {
      if (!NAME.matcher(name).matches() || NUMBER.matcher(lastLabel(name)).matches()) {
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

    private static String lastLabel(String name) {
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }

  /**
   * Where to connect to; absent while a host name is unresolved.
   *
   * @param resolved the answers for host names so far
   */
  default Optional<Endpoint> endpoint(Map<Host, Endpoint.Ip> resolved) {
    return switch (this) {
      case Endpoint endpoint -> Optional.of(endpoint);
      case Host host -> Optional.ofNullable(resolved.get(host));
    };
  }

  /** The host part alone: an IP, a host name, or the path of a unix socket. */
  String host();

  /** The port, or 0 for a unix socket. */
  int port();

  /** IPs before names before sockets, IPv4 before IPv6, each in its natural order. */
  @Override
  default int compareTo(Address other) {
    if (this instanceof Endpoint.Ip a && other instanceof Endpoint.Ip b) {
      return a.compareToIp(b);
    }
    int byKind = Integer.compare(rank(this), rank(other));
    if (byKind != 0) {
      return byKind;
    }
    int byHost = host().compareTo(other.host());
    return byHost != 0 ? byHost : Integer.compare(port(), other.port());
  }

  private static int rank(Address address) {
    return switch (address) {
      case Endpoint.Ip ignored -> 0;
      case Host ignored -> 1;
      case Endpoint.UnixSocket ignored -> 2;
    };
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
    boolean six = literal.indexOf(':') >= 0;
    if (literal.indexOf('%') >= 0 || (!six && !Host.DOTTED_QUAD.matcher(literal).matches())) {
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

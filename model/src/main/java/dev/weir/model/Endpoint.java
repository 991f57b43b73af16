package dev.weir.model;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An address that can be connected to without asking anybody: the only kind proxies are given. */
public sealed interface Endpoint extends Address permits Endpoint.Ip, Endpoint.UnixSocket {

  /** The same host on another port; a unix socket has none and stays what it is. */
  Endpoint onPort(int port);

  /** An IP address and a port. */
  record Ip(InetAddress ip, int port) implements Endpoint {

    public Ip {
      Address.checkPort(port);
    }

    // written out: what a record makes by itself is slow until it is compiled, and this is a key
    @Override
    public boolean equals(@Nullable Object that) {
      return this == that
          || (that instanceof Ip other && port == other.port && ip.equals(other.ip));
    }

    @Override
    public int hashCode() {
      return 31 * port + ip.hashCode();
    }

    int compareToIp(Ip other) {
      byte[] mine = ip.getAddress();
      byte[] others = other.ip.getAddress();
      int byLength = Integer.compare(mine.length, others.length);
      if (byLength != 0) {
        return byLength;
      }
      int byBytes = Arrays.compareUnsigned(mine, others);
      return byBytes != 0 ? byBytes : Integer.compare(port, other.port);
    }

    @Override
    public Endpoint onPort(int newPort) {
      return new Ip(ip, newPort);
    }

    @Override
    public String host() {
      return ip.getHostAddress();
    }

    @Override
    public String toString() {
      return ip instanceof Inet6Address ? "[" + host() + "]:" + port : host() + ":" + port;
    }
  }

  /**
   * A unix stream socket.
   *
   * @param path absolute, of characters that neither nginx nor HAProxy treat specially
   */
  record UnixSocket(String path) implements Endpoint {

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9_./@:+-]{1,106}");

    public UnixSocket {
      if (!PATH.matcher(path).matches()) {
        throw new IllegalArgumentException(
            "unix socket: %s (expected: an absolute path, at most 107 characters)"
                .formatted(Quoted.of(path)));
      }
    }

    @Override
    public Endpoint onPort(int newPort) {
      return this;
    }

    @Override
    public String host() {
      return path;
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public String toString() {
      return "unix:" + path;
    }
  }
}

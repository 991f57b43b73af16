package dev.weir.net;

import dev.weir.model.Endpoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/**
 * A connection to an endpoint, closed by reset: a probe that ended each connection in the ordinary
 * way would leave thousands of half-dead entries a minute in the kernel's connection tables.
 */
public final class Wire implements Closeable {

  private final SocketChannel channel;

  private Wire(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Connects, and waits for it until the deadline.
   *
   * @throws ConnectException when nothing listens, also where a unix socket is not there
   */
  public static Wire connect(Endpoint to, Deadline deadline) throws IOException {
    return switch (to) {
      case Endpoint.Ip ip -> connect(ip, deadline);
      case Endpoint.UnixSocket unix -> connect(unix, deadline);
    };
  }

  private static Wire connect(Endpoint.Ip to, Deadline deadline) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      deadline.guard(channel);
      channel.connect(new InetSocketAddress(to.ip(), to.port()));
      refuseItself(channel);
      return new Wire(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Where nothing listens on a port of this machine, the kernel may give a connection that very
   * port as its own, and connect it with itself: then nothing listens there all the same.
   */
  static void refuseItself(SocketChannel channel) throws IOException {
    if (channel.getLocalAddress().equals(channel.getRemoteAddress())) {
      throw new ConnectException("nothing listens there but this connection itself");
    }
  }

  private static Wire connect(Endpoint.UnixSocket to, Deadline deadline) throws IOException {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(to.path());
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      deadline.guard(channel);
      channel.connect(address);
      return new Wire(channel);
    } catch (IOException e) {
      channel.close();
      throw Files.exists(address.getPath()) ? e : notThere(to, e);
    }
  }

  private static ConnectException notThere(Endpoint.UnixSocket to, IOException cause) {
    ConnectException refused = new ConnectException("no socket at " + to.path());
    refused.initCause(cause);
    return refused;
  }

  /** Puts a connection that was kept under a new deadline. */
  public void under(Deadline deadline) {
    deadline.guard(channel);
  }

  /** What the peer sends. */
  public InputStream in() {
    return Channels.newInputStream(channel);
  }

  /** To the peer; nothing is buffered. */
  public OutputStream out() {
    return Channels.newOutputStream(channel);
  }

  /** This connection for code that wants a socket, such as TLS. */
  public Socket asSocket() {
    return new WireSocket(channel);
  }

  /** Resets the connection. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException unusable) {
      // It is closed all the same: the descriptor is gone whatever the kernel says.
    }
  }
}

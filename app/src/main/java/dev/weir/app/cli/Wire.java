package dev.weir.app.cli;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection to a unix socket or a port, on which no read lasts longer than agreed. Used by one
 * thread.
 */
final class Wire extends InputStream {

  private final Address peer;
  private final SocketChannel channel;
  private final Selector readable;
  private final Duration patience;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10).flip();

  private Wire(Address peer, SocketChannel channel, Selector readable, Duration patience) {
    this.peer = peer;
    this.channel = channel;
    this.readable = readable;
    this.patience = patience;
  }

  /**
   * Connects.
   *
   * @param patience after which a read that brings nothing fails
   */
  static Wire connect(Address address, Duration patience) throws IOException {
    SocketChannel channel =
        address instanceof Endpoint.UnixSocket
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      if (!channel.connect(socket(address))) {
        throw new IOException("a blocking channel connects or fails");
      }
      Selector readable = channel.configureBlocking(false).provider().openSelector();
      var _ = channel.register(readable, SelectionKey.OP_READ);
      return new Wire(address, channel, readable, patience);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SocketAddress socket(Address address) {
    return switch (address) {
      case Endpoint.UnixSocket unix -> UnixDomainSocketAddress.of(unix.path());
      case Endpoint.Ip ip -> new InetSocketAddress(ip.ip(), ip.port());
      case Address.Host host -> new InetSocketAddress(host.name(), host.port());
    };
  }

  /** Who was connected to. */
  Address peer() {
    return peer;
  }

  void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      if (channel.write(rest) == 0) {
        Thread.onSpinWait();
      }
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? buffer.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, buffer.remaining());
    var _ = buffer.get(into, offset, count);
    return count;
  }

  /** A line without its end. */
  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = read(); c != '\n'; c = read()) {
      if (c < 0) {
        throw new EOFException("the connection ended in the middle of a line");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  private boolean fill() throws IOException {
    while (!buffer.hasRemaining()) {
      if (readable.select(patience.toMillis()) == 0) {
        throw new SocketTimeoutException("no answer within " + patience.toSeconds() + "s");
      }
      readable.selectedKeys().clear();
      int count = channel.read(buffer.clear());
      var _ = buffer.flip();
      if (count < 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    try (channel;
        readable) {
      channel.shutdownInput();
    }
  }
}

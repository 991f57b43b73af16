package dev.weir.app.cli;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A connection in the clear to a unix socket or a port. */
final class PlainWire extends Wire {

  private final SocketChannel channel;
  private final Selector readable;
  private final SelectionKey key;
  private final Duration patience;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 << 10).flip();

  private PlainWire(Address peer, SocketChannel channel, SelectionKey key, Duration patience) {
    super(peer);
    this.channel = channel;
    this.readable = key.selector();
    this.key = key;
    this.patience = patience;
  }

  /**
   * Connects.
   *
   * @param patience after which a read that brings nothing fails
   */
  static PlainWire connect(Address address, Duration patience) throws IOException {
    SocketChannel channel =
        address instanceof Endpoint.UnixSocket
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      Selector readable = channel.configureBlocking(false).provider().openSelector();
      connect(channel, readable, address);
      SelectionKey key = channel.register(readable, SelectionKey.OP_READ);
      return new PlainWire(address, channel, key, patience);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void connect(SocketChannel channel, Selector selector, Address address)
      throws IOException {
    if (channel.connect(socket(address))) {
      return;
    }
    var _ = channel.register(selector, SelectionKey.OP_CONNECT);
    if (selector.select(CONNECT.toMillis()) == 0) {
      throw new SocketTimeoutException("no connection within " + CONNECT.toSeconds() + "s");
    }
    selector.selectedKeys().clear();
    if (!channel.finishConnect()) {
      throw new IOException("a connection that is ready is made or fails");
    }
  }

  private static SocketAddress socket(Address address) throws UnknownHostException {
    return switch (address) {
      case Endpoint.UnixSocket unix -> UnixDomainSocketAddress.of(unix.path());
      case Endpoint.Ip ip -> new InetSocketAddress(ip.ip(), ip.port());
      case Address.Host host ->
          new InetSocketAddress(InetAddress.getAllByName(host.name())[0], host.port());
    };
  }

  @Override
  void write(byte[] bytes) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes);
    while (rest.hasRemaining()) {
      if (channel.write(rest) == 0) {
        awaitRoom();
      }
    }
  }

  private void awaitRoom() throws IOException {
    var _ = key.interestOps(SelectionKey.OP_WRITE);
    if (readable.select(patience.toMillis()) == 0) {
      throw new SocketTimeoutException("nothing taken within " + patience.toSeconds() + "s");
    }
    readable.selectedKeys().clear();
    var _ = key.interestOps(SelectionKey.OP_READ);
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

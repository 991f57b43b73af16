package dev.weir.driver.haproxy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * A connection that is there in time or not at all. One that blocks would wait for minutes where a
 * host is silent, and for ever at a unix socket whose backlog is full.
 */
final class Dial {

  private Dial() {}

  /**
   * Connects.
   *
   * @param name of the other end, for people
   * @return a channel that does not block
   * @throws java.net.ConnectException when nobody listens
   * @throws SocketTimeoutException when nobody says yes or no in time
   * @throws IOException also, at once, for a unix socket whose backlog is full
   */
  static SocketChannel connect(SocketAddress to, Duration atMost, String name)
      throws IOException, InterruptedException {
    SocketChannel channel =
        to instanceof UnixDomainSocketAddress
            ? SocketChannel.open(StandardProtocolFamily.UNIX)
            : SocketChannel.open();
    try {
      channel.configureBlocking(false);
      if (!channel.connect(to)) {
        await(channel, atMost, name);
      }
      return channel;
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static void await(SocketChannel channel, Duration atMost, String name)
      throws IOException, InterruptedException {
    try (Selector selector = Selector.open()) {
      channel.register(selector, SelectionKey.OP_CONNECT);
      int ready = selector.select(Math.max(1, atMost.toMillis()));
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while connecting to " + name);
      }
      if (ready == 0) {
        throw new SocketTimeoutException(
            "%s: no connection within %d ms".formatted(name, atMost.toMillis()));
      }
      channel.finishConnect();
    }
  }
}

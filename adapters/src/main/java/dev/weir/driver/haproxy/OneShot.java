package dev.weir.driver.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** One command on a connection of its own, whose end is the end of the answer. */
final class OneShot {

  private static final int MOST_BYTES = 1024 * 1024;

  private OneShot() {}

  /**
   * Asks.
   *
   * @param atMost for all of it
   * @throws SocketTimeoutException when the answer does not end in time
   */
  static String ask(Path socket, String command, Duration atMost)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    try (SocketChannel channel =
            Dial.connect(UnixDomainSocketAddress.of(socket), atMost, socket.toString());
        Selector selector = Selector.open()) {
      channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.shutdownOutput(); // HAProxy 2.6's master keeps the connection until then
      channel.register(selector, SelectionKey.OP_READ);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
      while (answer.size() < MOST_BYTES) {
        long left = Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L);
        if (left <= 0 || selector.select(left) == 0) {
          if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while asking " + socket);
          }
          throw new SocketTimeoutException(
              "%s: no answer within %d ms".formatted(socket, atMost.toMillis()));
        }
        selector.selectedKeys().clear();
        if (channel.read(buffer.clear()) < 0) {
          return answer.toString(StandardCharsets.UTF_8).strip();
        }
        answer.write(buffer.array(), 0, buffer.position());
      }
      throw new IOException("%s: an answer without end".formatted(socket));
    }
  }
}

package dev.weir.driver.haproxy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Listens where an admin socket should be, and answers as a test wants. */
final class FakeCli implements AutoCloseable {

  /** What to send back for one line; absent closes the connection. */
  @FunctionalInterface
  interface Behaviour {
    @Nullable String answer(String line);
  }

  private final ServerSocketChannel server;
  private final Queue<SocketChannel> clients = new ConcurrentLinkedQueue<>();
  private final Behaviour behaviour;

  FakeCli(Path path, Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    Thread.ofVirtual().start(this::accept);
  }

  private void accept() {
    while (true) {
      try {
        SocketChannel client = server.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(SocketChannel client) {
    StringBuilder text = new StringBuilder();
    ByteBuffer buffer = ByteBuffer.allocate(65536);
    try (client) {
      while (client.read(buffer.clear()) >= 0) {
        text.append(StandardCharsets.UTF_8.decode(buffer.flip()));
        for (int end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
          String answer = behaviour.answer(text.substring(0, end));
          text.delete(0, end + 1);
          if (answer == null) {
            return;
          }
          client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
        }
      }
    } catch (IOException gone) {
      // the client ended the conversation
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel client : clients) {
      client.close();
    }
  }
}

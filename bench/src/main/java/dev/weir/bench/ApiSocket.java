package dev.weir.bench;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Weir's API as the command line uses it: over the unix socket, a connection for each request. */
record ApiSocket(Path socket) {

  /**
   * Sends a request.
   *
   * @return the answer with its head
   * @throws IOException also for any status but 200
   */
  String send(String method, String target, String body) throws IOException {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      String head =
          "%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n"
              .formatted(method, target, body.length());
      String rest = "Content-Type: application/json\r\nConnection: close\r\n\r\n" + body;
      channel.write(ByteBuffer.wrap((head + rest).getBytes(StandardCharsets.US_ASCII)));
      String answer =
          new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException("%s %s: %s".formatted(method, target, answer));
      }
      return answer;
    }
  }
}

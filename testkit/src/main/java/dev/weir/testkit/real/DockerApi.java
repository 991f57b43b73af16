package dev.weir.testkit.real;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Calls of a Docker Engine's API over its unix socket, one connection each. */
final class DockerApi {

  private final Path socket;

  DockerApi(Path socket) {
    this.socket = socket;
  }

  /** Sends a body, and returns the answer's. */
  String post(String path, String type, byte[] body) throws IOException {
    return call("POST", path, type, body);
  }

  /** Sends JSON, and returns the answer's body. */
  String post(String path, String json) throws IOException {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  String get(String path) throws IOException {
    return call("GET", path, "text/plain", new byte[0]);
  }

  String delete(String path) throws IOException {
    return call("DELETE", path, "text/plain", new byte[0]);
  }

  private String call(String method, String path, String type, byte[] body) throws IOException {
    String head =
        "%s %s HTTP/1.0\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(method, path, type, body.length);
    String answer;
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      send(channel, head.getBytes(StandardCharsets.US_ASCII));
      send(channel, body);
      answer = receive(channel);
    }
    int status = Integer.parseInt(answer.split(" ", 3)[1]);
    String content = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    if (status >= 400) {
      throw new IOException("%s %s: status %d %s".formatted(method, path, status, content.strip()));
    }
    return content;
  }

  private static void send(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static String receive(SocketChannel channel) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    while (channel.read(buffer) >= 0) {
      all.write(buffer.array(), 0, buffer.position());
      buffer.clear();
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}

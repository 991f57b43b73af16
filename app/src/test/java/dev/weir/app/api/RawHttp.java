package dev.weir.app.api;

import dev.weir.app.json.Json;
import dev.weir.app.json.JsonException;
import dev.weir.app.json.JsonObject;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Talks to a listener byte by byte, as no well-behaved client would let a test do. */
final class RawHttp implements AutoCloseable {

  private final SocketChannel channel;
  private final InputStream in;

  RawHttp(Endpoint endpoint) throws IOException {
    this.channel =
        switch (endpoint) {
          case Endpoint.UnixSocket unix ->
              SocketChannel.open(UnixDomainSocketAddress.of(unix.path()));
          case Endpoint.Ip ip -> SocketChannel.open(new InetSocketAddress(ip.ip(), ip.port()));
        };
    this.in = Channels.newInputStream(channel);
  }

  /** One whole answer. */
  record Reply(int status, String head, String body) {

    JsonObject json() {
      try {
        return Json.readObject(body);
      } catch (JsonException e) {
        throw new AssertionError(e.getMessage() + ": " + body, e);
      }
    }

    /** The value of a header; empty where it is absent. */
    String header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst()
          .orElse("");
    }
  }

  /** Sends a request on a connection of its own, with these further header lines. */
  static Reply send(Endpoint endpoint, String method, String target, String... headers)
      throws IOException {
    return send(endpoint, method, target, "", headers);
  }

  /** Sends a request with a JSON body. */
  static Reply send(Endpoint endpoint, String method, String target, String body, String[] headers)
      throws IOException {
    String host = endpoint instanceof Endpoint.UnixSocket ? "localhost" : endpoint.toString();
    boolean ownHost = String.join("", headers).startsWith("Host:");
    StringBuilder text = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (!ownHost) {
      text.append("Host: ").append(host).append("\r\n");
    }
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    if (!body.isEmpty()) {
      text.append("Content-Type: application/json\r\nContent-Length: ")
          .append(body.getBytes(StandardCharsets.UTF_8).length)
          .append("\r\n");
    }
    try (RawHttp http = new RawHttp(endpoint)) {
      http.write(text.append("Connection: close\r\n\r\n").append(body).toString());
      return http.reply();
    }
  }

  /** Sends a write. */
  static Reply write(Endpoint endpoint, String method, String target, String body)
      throws IOException {
    return send(endpoint, method, target, body, new String[0]);
  }

  void write(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      int ignored = channel.write(bytes);
    }
  }

  /** Reads up to the end of the connection. */
  Reply reply() throws IOException {
    String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    int end = all.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no answer: " + all);
    }
    String head = all.substring(0, end);
    return new Reply(
        Integer.parseInt(head.substring(9, 12)), head, dechunked(head, all.substring(end + 4)));
  }

  /** Reads all that still comes. */
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Reads until the text appears. */
  String readUntil(String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended before " + text + ": " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  private static String dechunked(String head, String body) {
    if (!head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked")) {
      return body;
    }
    StringBuilder whole = new StringBuilder();
    String rest = body;
    while (true) {
      int line = rest.indexOf("\r\n");
      int size = Integer.parseInt(rest.substring(0, line), 16);
      if (size == 0) {
        return whole.toString();
      }
      whole.append(rest, line + 2, line + 2 + size);
      rest = rest.substring(line + 2 + size + 2);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.weir.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection to a proxy. */
final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private boolean used;

  Client(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** A kept connection ended before any byte of the answer: asked again on a new one, once. */
  static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** One request on a connection of its own. */
  static String once(int port) throws IOException {
    try (Client client = new Client(port)) {
      return client.ask("close");
    }
  }

  /**
   * One request.
   *
   * @param connection {@code keep-alive} or {@code close}
   * @return the backend that answered
   * @throws IOException also for any status but 200
   */
  String ask(String connection) throws IOException {
    boolean reused = used;
    used = true;
    String status;
    try {
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: bench\r\nConnection: %s\r\n\r\n"
                  .formatted(connection)
                  .getBytes(StandardCharsets.ISO_8859_1));
      status = line();
    } catch (IOException e) {
      throw reused ? new Stale() : e;
    }
    String backend = headers();
    if (!status.contains(" 200 ")) {
      throw new IOException(status);
    }
    return backend;
  }

  private String headers() throws IOException {
    String backend = "";
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String lower = line.toLowerCase(Locale.ROOT);
      if (lower.startsWith("x-backend: ")) {
        backend = line.substring("x-backend: ".length());
      } else if (lower.startsWith("content-length: ")) {
        length = Integer.parseInt(line.substring("content-length: ".length()));
      }
    }
    in.skipNBytes(length);
    return backend;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("closed in the middle of an answer");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}

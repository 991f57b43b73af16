package dev.weir.app.demo;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client's connection to a proxy on loopback. Used by one thread. */
public final class Connection implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private boolean used;

  /** Connects. */
  public Connection(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** Whether the connection is kept for further requests. */
  public enum Keep {
    OPEN,
    CLOSE
  }

  /** A kept connection was closed before any byte of the answer: nobody has seen the request. */
  public static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Asks once and reads the whole answer.
   *
   * @throws Stale when the connection was used before and has ended since
   */
  public Answer get(String path, Keep keep) throws IOException {
    String request =
        "GET %s HTTP/1.1\r\nHost: demo\r\nConnection: %s\r\n\r\n"
            .formatted(path, keep == Keep.OPEN ? "keep-alive" : "close");
    boolean reused = used;
    used = true;
    String status;
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      status = line();
    } catch (IOException e) {
      throw reused ? new Stale() : e;
    }
    return rest(status);
  }

  private Answer rest(String status) throws IOException {
    String backend = "";
    Answer.Tries tries = Answer.Tries.ONE;
    int length = 0;
    for (String line = line(); !line.isEmpty(); line = line()) {
      String value = line.substring(line.indexOf(':') + 1).strip();
      switch (line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Integer.parseInt(value);
        case "x-backend" -> backend = value;
        case "x-tried" -> tries = several(value) ? Answer.Tries.SEVERAL : Answer.Tries.ONE;
        default -> {}
      }
    }
    in.skipNBytes(length);
    return new Answer(Integer.parseInt(status.split(" ", -1)[1]), backend, tries);
  }

  /** nginx lists the addresses it tried, HAProxy counts its retries. */
  private static boolean several(String tried) {
    return tried.contains(",") || tried.matches("\\+?[1-9][0-9]*");
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

package dev.weir.driver.nginx;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks one loopback port without end. A request that finds its kept-alive connection closed before
 * any byte of the answer is asked once more on a new one; everything else that is not a good answer
 * is a failure.
 */
final class LoadClient implements AutoCloseable {

  private static final Pattern LENGTH = Pattern.compile("(?i)content-length: ([0-9]+)");
  private static final int PATIENCE_MILLIS = 10_000;

  private final int port;
  private final Connections connections;
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final Thread thread = Thread.ofVirtual().unstarted(this::run);
  private volatile boolean ended;
  private @Nullable Socket kept;

  private enum Connections {
    KEPT_ALIVE,
    NEW_EACH
  }

  private LoadClient(int port, Connections connections) {
    this.port = port;
    this.connections = connections;
  }

  static LoadClient keepingAlive(int port) {
    return new LoadClient(port, Connections.KEPT_ALIVE);
  }

  static LoadClient connectingAnew(int port) {
    return new LoadClient(port, Connections.NEW_EACH);
  }

  void start() {
    thread.start();
  }

  int answered() {
    return answered.get();
  }

  List<String> failures() {
    return failures;
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!ended) {
      try {
        ask();
        answered.incrementAndGet();
      } catch (IOException e) {
        failures.add(String.valueOf(e));
        drop();
      }
    }
    drop();
  }

  private void ask() throws IOException {
    Socket reused = kept;
    if (reused != null) {
      int first = firstByte(reused);
      if (first >= 0) {
        rest(reused, first);
        return;
      }
      drop();
    }
    Socket fresh = new Socket(InetAddress.getLoopbackAddress(), port);
    fresh.setSoTimeout(PATIENCE_MILLIS);
    kept = fresh;
    int first = firstByte(fresh);
    if (first < 0) {
      throw new IOException("a new connection was closed without an answer");
    }
    rest(fresh, first);
  }

  /** Sends the request; -1 when the connection was closed before any byte came back. */
  private int firstByte(Socket socket) throws IOException {
    String close = connections == Connections.NEW_EACH ? "Connection: close\r\n" : "";
    String request = "GET / HTTP/1.1\r\nHost: www.example.com\r\n" + close + "\r\n";
    try {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return socket.getInputStream().read();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException closed) {
      return -1;
    }
  }

  private void rest(Socket socket, int first) throws IOException {
    InputStream in = socket.getInputStream();
    StringBuilder head = new StringBuilder().append((char) first);
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("cut in the middle: " + head);
      }
      head.append((char) c);
    }
    Matcher length = LENGTH.matcher(head);
    if (!head.toString().startsWith("HTTP/1.1 200") || !length.find()) {
      throw new IOException("not a good answer: " + head);
    }
    int wanted = Integer.parseInt(length.group(1));
    if (in.readNBytes(wanted).length < wanted) {
      throw new IOException("cut in the body");
    }
    if (connections == Connections.NEW_EACH || head.indexOf("Connection: close") >= 0) {
      drop();
    }
  }

  private void drop() {
    try {
      if (kept != null) {
        kept.close();
      }
    } catch (IOException e) {
      failures.add("closing: " + e);
    }
    kept = null;
  }
}

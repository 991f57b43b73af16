package dev.weir.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connections that were switched to WebSocket and stay open: over each a line goes to its member
 * and back again all the time. One that ends is counted as cut and not replaced. What stands in
 * WebSocket's frames is nothing to a proxy: the lines go without them.
 */
final class WebSockets implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int PATIENCE_MILLIS = 10_000;

  private final List<Socket> sockets = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong lines = new AtomicLong();
  private final AtomicLong cut = new AtomicLong();
  private volatile boolean closing;

  /** Opens them; all are switched when this returns. */
  WebSockets(int port, int count) throws IOException {
    for (int i = 0; i < count; i++) {
      Socket socket = new Socket();
      sockets.add(socket);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      begin(in, socket.getOutputStream());
      threads.add(Thread.ofVirtual().name("websocket " + i).start(() -> talk(in, socket)));
    }
  }

  private static void begin(BufferedReader in, OutputStream out) throws IOException {
    out.write(
        "GET / HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    String status = in.readLine();
    if (status == null || !status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("not switched to WebSocket: " + status);
    }
    String header = status;
    while (header != null && !header.isEmpty()) {
      header = in.readLine();
    }
  }

  private void talk(BufferedReader in, Socket socket) {
    try {
      for (int i = 0; !closing; i++) {
        String line = "line " + i;
        socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        if (!line.equals(in.readLine())) {
          throw new IOException("another line came back");
        }
        lines.incrementAndGet();
        Thread.sleep(PAUSE);
      }
    } catch (IOException | InterruptedException e) {
      if (!closing) {
        cut.incrementAndGet();
      }
    }
  }

  /** How many lines came back. */
  long lines() {
    return lines.get();
  }

  /** How many connections have ended. */
  long cut() {
    return cut.get();
  }

  @Override
  public void close() throws IOException {
    closing = true;
    for (Socket socket : sockets) {
      socket.close();
    }
    try {
      for (Thread thread : threads) {
        thread.join(Duration.ofSeconds(12));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

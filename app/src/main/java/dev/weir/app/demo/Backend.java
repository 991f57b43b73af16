package dev.weir.app.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP server that says its name, and that can die like a killed process: from one moment
 * to the next its connections are reset and new ones refused.
 */
final class Backend implements AutoCloseable {

  /** How long an answer to {@code /slow} takes. */
  static final Duration SLOW = Duration.ofMillis(1500);

  private final String name;
  private final int port;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private @Nullable ServerSocket listener; // changed by the story's thread alone

  Backend(String name, int port) {
    this.name = name;
    this.port = port;
  }

  String name() {
    return name;
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  void start() throws IOException {
    ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 256);
    listener = opened;
    Thread.ofVirtual().name("backend " + name).start(() -> accept(opened));
  }

  /** Dies at once. */
  void kill() throws IOException {
    ServerSocket open = listener;
    if (open != null) {
      open.close();
    }
    for (Socket connection : connections) {
      connection.setSoLinger(true, 0);
      connection.close();
    }
    connections.clear();
  }

  @Override
  public void close() throws IOException {
    kill();
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket connection = open.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = connection.getOutputStream();
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        boolean last = skipHeaders(in);
        if (request.contains(" /slow ")) {
          Thread.sleep(SLOW);
        }
        out.write(answer(last));
        if (last) {
          return;
        }
      }
    } catch (IOException e) {
      connections.remove(connection);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.remove(connection);
    }
  }

  /** Whether the client wants the connection closed afterwards. */
  private static boolean skipHeaders(BufferedReader in) throws IOException {
    boolean close = false;
    for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
      close |= line.equalsIgnoreCase("connection: close");
    }
    return close;
  }

  private byte[] answer(boolean last) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Backend: %s\r\n%s\r\n%s\n"
            .formatted(name.length() + 1, name, last ? "Connection: close\r\n" : "", name);
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }
}

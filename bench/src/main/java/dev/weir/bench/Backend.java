package dev.weir.bench;

import dev.weir.testkit.real.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * An HTTP server that answers everything with its name, on a loopback port of its own; what is
 * asked for as {@code /wait/MILLIS}, after so long. A connection that is to become one of WebSocket
 * does, and gets back every byte that it sends.
 */
final class Backend implements AutoCloseable {

  private static final String WAIT = "GET /wait/";
  private static final String UPGRADE = "Upgrade: websocket";
  private static final byte[] SWITCHED =
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
          .getBytes(StandardCharsets.ISO_8859_1);

  private final String name;
  private final ServerSocket listener = new ServerSocket();
  private final byte[] answer;
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

  Backend(String name) throws IOException {
    this(name, InetAddress.getLoopbackAddress());
  }

  /** One that is there at all addresses of loopback, for many members in one. */
  static Backend everywhere(String name) throws IOException {
    return new Backend(name, InetAddress.ofLiteral("0.0.0.0"));
  }

  private Backend(String name, InetAddress at) throws IOException {
    this.name = name;
    this.answer =
        "HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Backend: %s\r\n\r\n%s"
            .formatted(name.length(), name, name)
            .getBytes(StandardCharsets.ISO_8859_1);
    listener.bind(new InetSocketAddress(at, FreePorts.one()), 1024);
    Thread.ofVirtual().name("backend " + name).start(this::accept);
  }

  String name() {
    return name;
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Takes no new connections, and goes on answering on those that it has. */
  void stopListening() throws IOException {
    listener.close();
  }

  /** Ends like a killed process: connections are reset and new ones refused. */
  void die() throws IOException {
    listener.close();
    for (Socket connection : connections) {
      connection.setSoLinger(true, 0);
      connection.close();
    }
  }

  @Override
  public void close() throws IOException {
    die();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket connection = listener.accept();
        connections.add(connection);
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException closed) {
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
      boolean upgrade = false;
      long wait = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(WAIT)) {
          wait = Long.parseLong(line.substring(WAIT.length(), line.lastIndexOf(' ')));
        }
        upgrade |= line.equalsIgnoreCase(UPGRADE);
        if (line.isEmpty() && upgrade) {
          connection.getOutputStream().write(SWITCHED);
          echo(in, connection.getOutputStream());
        } else if (line.isEmpty()) {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
          wait = 0;
          connection.getOutputStream().write(answer);
        }
      }
    } catch (IOException gone) {
      // a client that went away is the clients' affair: they count what fails
    } finally {
      connections.remove(connection);
    }
  }

  private static void echo(Reader in, OutputStream out) throws IOException {
    char[] buffer = new char[1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(new String(buffer, 0, n).getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}

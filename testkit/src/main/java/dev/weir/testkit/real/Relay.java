package dev.weir.testkit.real;

import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A loopback port that passes everything on to a real server, counts, and can fail in every way
 * that a world can, which real servers do not do on demand. Safe for any thread.
 */
public final class Relay implements AutoCloseable {

  private static final int BUFFER = 64 * 1024;

  private final int port;
  private final int behind;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Map<Socket, String> said = new ConcurrentHashMap<>();
  private final Set<Socket> lost = ConcurrentHashMap.newKeySet();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private volatile Optional<Fault> fault = Optional.empty();
  private Optional<ServerSocket> server = Optional.empty(); // guarded by this

  /**
   * @param port where it listens
   * @param behind where the server listens
   */
  public Relay(int port, int behind) {
    this.port = port;
    this.behind = behind;
  }

  public int port() {
    return port;
  }

  /** How many connections there have been. */
  public long connections() {
    return connections.get();
  }

  /** How many bytes clients have sent. */
  public long bytes() {
    return bytes.get();
  }

  /** Passes on, from now on and on new connections. */
  public synchronized void work() throws IOException {
    if (fault.isPresent()) {
      fault = Optional.empty();
      cut();
    }
    if (server.isEmpty()) {
      ServerSocket open = new ServerSocket();
      open.setReuseAddress(true);
      open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server = Optional.of(open);
      Thread ignored = Thread.ofVirtual().name("relay").start(() -> accept(open));
    }
  }

  /** Fails, from now on; a silent one keeps the connections that it has. */
  public synchronized void fail(Fault how) throws IOException {
    fault = Optional.of(how);
    if (how == Fault.GONE && server.isPresent()) {
      server.get().close();
      server = Optional.empty();
    }
    if (how != Fault.SILENT) {
      cut();
    }
  }

  /**
   * Loses those of the open connections over which this was asked, as a network does that forgets
   * them: nothing passes any more, and neither side hears of it.
   */
  public void lose(String asked) {
    said.forEach((client, text) -> {
      if (text.contains(asked)) {
        lost.add(client);
      }
    });
  }

  /** Closes every connection. */
  public void cut() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket client = open.accept();
        sockets.add(client);
        connections.incrementAndGet();
        Thread ignored = Thread.ofVirtual().name("relay-connection").start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (Socket real = new Socket(InetAddress.getLoopbackAddress(), behind)) {
      sockets.add(real);
      Thread answers = Thread.ofVirtual().name("relay-answers").start(() -> answers(real, client));
      questions(client, real);
      answers.join();
      sockets.remove(real);
    } catch (IOException gone) {
      // the server does not run, or one side has closed
    } catch (InterruptedException never) {
      Thread.currentThread().interrupt();
    } finally {
      close(client);
      sockets.remove(client);
      said.remove(client);
      lost.remove(client);
    }
  }

  private void questions(Socket client, Socket real) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = client.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        bytes.addAndGet(count);
        said.merge(
            client, new String(buffer, 0, count, StandardCharsets.ISO_8859_1), String::concat);
        Optional<Fault> now = fault;
        if (lost.contains(client)) {
          continue;
        }
        if (now.isEmpty() || now.get() == Fault.HALF) {
          real.getOutputStream().write(buffer, 0, count);
        } else if (now.get() != Fault.SILENT) {
          byte[] nonsense = "<html>it works</html>\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
          client.getOutputStream().write(now.get() == Fault.NONSENSE ? nonsense : new byte[0]);
          break;
        }
      }
    } catch (IOException gone) {
      // one side has closed
    } finally {
      close(real);
    }
  }

  private void answers(Socket real, Socket client) {
    byte[] buffer = new byte[BUFFER];
    try {
      InputStream in = real.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        if (fault.equals(Optional.of(Fault.HALF))) {
          out.write(Arrays.copyOf(buffer, count / 2));
          break;
        }
        if (fault.isEmpty() && !lost.contains(client)) {
          out.write(buffer, 0, count);
        }
      }
    } catch (IOException gone) {
      // one side has closed
    } finally {
      if (!fault.equals(Optional.of(Fault.SILENT))) {
        close(client);
      }
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException gone) {
      // it is closed all the same
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (server.isPresent()) {
      server.get().close();
      server = Optional.empty();
    }
    cut();
  }
}

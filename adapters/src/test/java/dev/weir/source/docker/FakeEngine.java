package dev.weir.source.docker;

import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.URLDecoder;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A pretended Docker Engine: answers the calls that discovery makes, keeps event streams open, and
 * fails in every way that a world can. Safe for any thread.
 */
final class FakeEngine implements AutoCloseable {

  /** What it says of a container. */
  record Shown(String id, String list, String inspect) {}

  private final SocketAddress address;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();
  private final Set<SocketChannel> streams = ConcurrentHashMap.newKeySet();
  private final Map<String, Shown> containers = new LinkedHashMap<>(); // guarded by this
  private final List<String> requests = new ArrayList<>(); // guarded by this
  private Optional<Fault> fault = Optional.empty(); // guarded by this
  private CountDownLatch silence = new CountDownLatch(0); // guarded by this
  private Optional<ServerSocketChannel> server = Optional.empty(); // guarded by this
  private volatile String version = "{\"ApiVersion\":\"1.41\",\"MinAPIVersion\":\"1.12\"}";

  private FakeEngine(SocketAddress address) {
    this.address = address;
  }

  static FakeEngine on(Path socket) {
    return new FakeEngine(UnixDomainSocketAddress.of(socket));
  }

  static FakeEngine on(int port) {
    return new FakeEngine(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Listens, if it does not. */
  synchronized void start() throws IOException {
    silence.countDown();
    fault = Optional.empty();
    if (server.isPresent()) {
      return;
    }
    ServerSocketChannel open =
        address instanceof UnixDomainSocketAddress
            ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
            : ServerSocketChannel.open();
    open.bind(address);
    server = Optional.of(open);
    Thread.ofVirtual().name("fake-engine").start(() -> accept(open));
  }

  /** Stops listening and closes every connection. */
  synchronized void stop() throws IOException {
    silence.countDown();
    if (server.isPresent()) {
      server.get().close();
      server = Optional.empty();
    }
    cut();
    if (address instanceof UnixDomainSocketAddress unix) {
      Files.deleteIfExists(unix.getPath());
    }
  }

  /** Closes every connection. */
  void cut() throws IOException {
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }

  synchronized void fail(Fault how) throws IOException {
    if (how == Fault.GONE) {
      stop();
    } else {
      silence = new CountDownLatch(1);
      fault = Optional.of(how);
    }
  }

  void version(String json) {
    version = json;
  }

  synchronized void put(Shown container) {
    containers.put(container.id(), container);
  }

  synchronized void remove(String id) {
    containers.remove(id);
  }

  /** The ids of its containers. */
  synchronized Set<String> ids() {
    return Set.copyOf(containers.keySet());
  }

  /** The paths asked for so far. */
  synchronized List<String> requests() {
    return List.copyOf(requests);
  }

  /** How many event streams are open. */
  int streams() {
    return streams.size();
  }

  /** Tells every stream of something that happened. */
  void emit(String event) throws IOException {
    byte[] line = (event + "\n").getBytes(StandardCharsets.UTF_8);
    for (SocketChannel stream : List.copyOf(streams)) {
      try {
        chunk(Channels.newOutputStream(stream), line);
      } catch (IOException gone) {
        streams.remove(stream);
      }
    }
  }

  private void accept(ServerSocketChannel open) {
    while (open.isOpen()) {
      try {
        SocketChannel connection = open.accept();
        connections.add(connection);
        Thread.ofVirtual().name("fake-engine-connection").start(() -> serve(connection));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(SocketChannel connection) {
    try (connection) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
      OutputStream out = Channels.newOutputStream(connection);
      for (String request = in.readLine(); request != null; request = in.readLine()) {
        for (String header = in.readLine(); header != null && !header.isEmpty(); ) {
          header = in.readLine();
        }
        answer(request.split(" ")[1], connection, out);
      }
    } catch (IOException gone) {
      // the client or a fault closed it
    } finally {
      connections.remove(connection);
      streams.remove(connection);
    }
  }

  private void answer(String path, SocketChannel connection, OutputStream out) throws IOException {
    Optional<Fault> now;
    CountDownLatch hush;
    synchronized (this) {
      requests.add(path);
      now = fault;
      hush = silence;
    }
    if (now.isPresent()) {
      failed(now.get(), hush, connection, out);
    } else if (path.contains("/events?")) {
      out.write(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      streams.add(connection);
    } else {
      Answer answer = answer(path);
      send(out, answer.status(), answer.body(), answer.body().length());
    }
  }

  private record Answer(int status, String body) {}

  private synchronized Answer answer(String path) {
    if (path.equals("/version")) {
      return new Answer(200, version);
    }
    if (path.contains("/containers/json")) {
      String filters = URLDecoder.decode(path, StandardCharsets.UTF_8);
      return new Answer(
          200,
          containers.values().stream()
              .filter(c -> !filters.contains("\"id\"") || filters.contains(c.id()))
              .map(Shown::list)
              .toList()
              .toString());
    }
    for (Shown container : containers.values()) {
      if (path.contains("/" + container.id() + "/json")) {
        return new Answer(200, container.inspect());
      }
    }
    return new Answer(404, "{\"message\":\"No such container\"}");
  }

  private static void failed(
      Fault fault, CountDownLatch silence, SocketChannel connection, OutputStream out)
      throws IOException {
    switch (fault) {
      case GONE -> connection.close();
      case SILENT -> awaitEnd(silence);
      case HALF -> {
        send(out, 200, "{\"ApiVersion\":\"1.4", 1000);
        connection.close();
      }
      case NONSENSE -> send(out, 200, "<html>it works</html>", 21);
      case NOTHING -> send(out, 200, "", 0);
    }
  }

  private static void awaitEnd(CountDownLatch silence) throws IOException {
    try {
      silence.await();
      throw new IOException("silent until the end");
    } catch (InterruptedException interrupted) {
      throw new IOException(interrupted);
    }
  }

  private static void send(OutputStream out, int status, String body, int length)
      throws IOException {
    String head =
        "HTTP/1.1 %d Status\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(status, length);
    out.write((head + body).getBytes(StandardCharsets.UTF_8));
  }

  private static void chunk(OutputStream out, byte[] data) throws IOException {
    byte[] head = "%x\r\n".formatted(data.length).getBytes(StandardCharsets.UTF_8);
    byte[] whole = new byte[head.length + data.length + 2];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(data, 0, whole, head.length, data.length);
    whole[whole.length - 2] = '\r';
    whole[whole.length - 1] = '\n';
    out.write(whole);
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}

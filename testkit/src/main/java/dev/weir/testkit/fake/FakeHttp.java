package dev.weir.testkit.fake;

import dev.weir.testkit.contract.SourceWorld.Fault;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An HTTP server on loopback that answers as a test says, keeps connections, and fails in every way
 * that a world can. Safe for any thread.
 */
public final class FakeHttp implements AutoCloseable {

  /**
   * What it was asked.
   *
   * @param path with query, as sent
   * @param headers by name in lower case
   */
  public record Question(String method, String path, Map<String, String> headers, String body) {}

  /** What it answers. */
  public record Answer(int status, Map<String, String> headers, String body) {

    /** A good answer. */
    public static Answer ok(String body) {
      return new Answer(200, Map.of(), body);
    }
  }

  /** What answers; may take its time, and is interrupted when the connection is cut. */
  @FunctionalInterface
  public interface Handler {
    Answer answer(Question question) throws InterruptedException;
  }

  private final int port;
  private final Handler handler;
  private final Map<Socket, Thread> connections = new ConcurrentHashMap<>();
  private final List<Question> questions = new ArrayList<>(); // guarded by this
  private Optional<Fault> fault = Optional.empty(); // guarded by this
  private CountDownLatch silence = new CountDownLatch(0); // guarded by this
  private Optional<ServerSocket> server = Optional.empty(); // guarded by this

  public FakeHttp(int port, Handler handler) {
    this.port = port;
    this.handler = handler;
  }

  public int port() {
    return port;
  }

  /** Listens, if it does not, and works from now on. */
  public synchronized void start() throws IOException {
    silence.countDown();
    fault = Optional.empty();
    if (server.isEmpty()) {
      ServerSocket open = new ServerSocket();
      open.setReuseAddress(true);
      open.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      server = Optional.of(open);
      Thread ignored = Thread.ofVirtual().name("fake-http").start(() -> accept(open));
    }
  }

  /** From now on it fails like this; connections that are open are cut. */
  public synchronized void fail(Fault how) throws IOException {
    if (how == Fault.GONE) {
      stop();
    } else {
      silence = new CountDownLatch(1);
      fault = Optional.of(how);
      cut();
    }
  }

  private synchronized void stop() throws IOException {
    silence.countDown();
    if (server.isPresent()) {
      server.get().close();
      server = Optional.empty();
    }
    cut();
  }

  /** Closes every connection. */
  public void cut() throws IOException {
    for (Map.Entry<Socket, Thread> connection : Map.copyOf(connections).entrySet()) {
      connection.getKey().close();
      connection.getValue().interrupt();
    }
  }

  /** All that it was asked so far. */
  public synchronized List<Question> questions() {
    return List.copyOf(questions);
  }

  /** How many connections are open. */
  public int connections() {
    return connections.size();
  }

  private void accept(ServerSocket open) {
    while (!open.isClosed()) {
      try {
        Socket connection = open.accept();
        Thread thread =
            Thread.ofVirtual().name("fake-http-connection").unstarted(() -> serve(connection));
        connections.put(connection, thread);
        if (open.isClosed()) { // between accepting and noting it, so that nobody else has cut it
          connection.close();
        }
        thread.start();
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket connection) {
    BlockingQueue<Question> asked = new LinkedBlockingQueue<>();
    Thread worker = Thread.currentThread();
    Thread ignored =
        Thread.ofVirtual().name("fake-http-reader").start(() -> read(connection, asked, worker));
    try (connection) {
      while (true) {
        answer(asked.take(), connection);
      }
    } catch (IOException | InterruptedException gone) {
      // the client or a fault closed it
    } finally {
      connections.remove(connection);
    }
  }

  /** Reads ahead, so that a client that goes away is noticed while its question is being held. */
  private static void read(Socket connection, BlockingQueue<Question> into, Thread worker) {
    try {
      InputStream in = new BufferedInputStream(connection.getInputStream());
      for (Optional<Question> asked = read(in); asked.isPresent(); asked = read(in)) {
        into.add(asked.get());
      }
    } catch (IOException gone) {
      // ended either way
    } finally {
      worker.interrupt();
    }
  }

  private void answer(Question question, Socket connection)
      throws IOException, InterruptedException {
    Optional<Fault> now;
    CountDownLatch hush;
    synchronized (this) {
      questions.add(question);
      now = fault;
      hush = silence;
    }
    OutputStream out = connection.getOutputStream();
    if (now.isEmpty()) {
      Answer answer = handler.answer(question);
      send(out, answer, answer.body().getBytes(StandardCharsets.UTF_8).length);
      return;
    }
    switch (now.get()) {
      case GONE -> connection.close();
      case SILENT -> {
        hush.await();
        connection.close();
      }
      case HALF -> {
        String body = content(question);
        send(out, Answer.ok(body.substring(0, body.length() / 2)), Math.max(1, body.length()));
        connection.close();
      }
      case NONSENSE -> send(out, Answer.ok("<html>it works</html>"), 21);
      case NOTHING -> send(out, Answer.ok(""), 0);
    }
  }

  /** What would be answered to somebody who has seen nothing yet. */
  private String content(Question question) throws InterruptedException {
    Question fresh = new Question(question.method(), question.path(), Map.of(), question.body());
    return handler.answer(fresh).body();
  }

  private static void send(OutputStream out, Answer answer, int length) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Status\r\n");
    answer.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    if (answer.status() != 304) {
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    out.write((head + "\r\n" + answer.body()).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static Optional<Question> read(InputStream in) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] words = line.split(" ");
    Map<String, String> headers = new HashMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return Optional.of(new Question(words[0], words[1], Map.copyOf(headers), body));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}

package dev.weir.driver.haproxy;

import dev.weir.model.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A conversation with HAProxy's admin socket in prompt mode, in which every command, also one of
 * several on a line, is answered up to a prompt of its own. It is opened for one purpose and closed
 * after it: a connection that is kept goes on talking to the old worker after a reload, and keeps
 * that worker alive. A new one costs 30 microseconds more. Used by one thread.
 */
final class AdminSocket implements AutoCloseable {

  /**
   * HAProxy reads a line of several commands one by one, however long it is and however small its
   * buffers; only a single command has to fit into one. What is longer would fill its socket.
   */
  static final int LONGEST_LINE_BYTES = 12_000;

  static final int MOST_COMMANDS = 100;

  private static final int MOST_ANSWER_BYTES = 64 * 1024 * 1024;
  private static final String PROMPT = "\n> ";

  /** Goes before the first line, in one piece with it; is answered by a prompt. */
  private static final String BEGIN = "prompt\n";

  private final String name;
  private final Duration patience;
  private final SocketChannel channel;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
  private boolean begun;

  private AdminSocket(String name, Duration patience, SocketChannel channel, Selector selector) {
    this.name = name;
    this.patience = patience;
    this.channel = channel;
    this.selector = selector;
  }

  /**
   * Connects; prompts are asked for with the first question, which therefore only looks: nobody
   * knows before its answer that an HAProxy listens.
   *
   * @param patience for connecting, and for each round trip
   * @throws IOException when nobody listens
   */
  static AdminSocket open(Endpoint at, Duration patience) throws IOException, InterruptedException {
    Selector selector = Selector.open();
    try {
      SocketChannel channel = Dial.connect(address(at), patience, name(at));
      channel.register(selector, SelectionKey.OP_READ);
      return new AdminSocket(name(at), patience, channel, selector);
    } catch (IOException | InterruptedException | RuntimeException e) {
      selector.close();
      throw e;
    }
  }

  private static SocketAddress address(Endpoint at) {
    return switch (at) {
      case Endpoint.UnixSocket(String path) -> UnixDomainSocketAddress.of(path);
      case Endpoint.Ip(InetAddress ip, int port) -> new InetSocketAddress(ip, port);
    };
  }

  /** A socket as its users write it: the path, or address and port. */
  static String name(Endpoint at) {
    return at instanceof Endpoint.UnixSocket(String path) ? path : at.toString();
  }

  /**
   * Says the commands on one line.
   *
   * @param commands at least one, together within the limits of a line
   * @return an answer for each, without its end
   * @throws SocketTimeoutException when the answer does not come in time
   * @throws IOException also when whoever answers is no HAProxy
   */
  List<String> ask(List<String> commands) throws IOException, InterruptedException {
    String line = String.join(";", commands) + "\n";
    boolean first = !begun;
    begun = true; // said a second time, after a failure too, it would switch prompts off
    String answer =
        first
            ? withoutBeginning(roundTrip(BEGIN + line, commands.size() + 1))
            : roundTrip(line, commands.size());
    List<String> answers = new ArrayList<>();
    int start = 0;
    for (int end = answer.indexOf(PROMPT); end >= 0; end = answer.indexOf(PROMPT, start)) {
      answers.add(answer.substring(start, end).strip());
      start = end + PROMPT.length();
    }
    if (answers.size() != commands.size()) {
      throw new IOException(
          "%s: %d answers to %d commands (expected: one each, from an HAProxy)"
              .formatted(name, answers.size(), commands.size()));
    }
    return answers;
  }

  private String withoutBeginning(String answer) throws IOException {
    if (!answer.startsWith(PROMPT)) {
      throw new IOException("%s: no prompt (expected: one, from an HAProxy)".formatted(name));
    }
    return answer.substring(PROMPT.length());
  }

  private String roundTrip(String line, int prompts) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      write(line, deadline);
      return read(prompts, deadline);
    } catch (ClosedByInterruptException e) {
      throw interrupted();
    }
  }

  private void write(String line, long deadline) throws IOException, InterruptedException {
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  private String read(int prompts, long deadline) throws IOException, InterruptedException {
    Answer answer = new Answer();
    while (answer.prompts < prompts) {
      await(SelectionKey.OP_READ, deadline);
      buffer.clear();
      int n = channel.read(buffer);
      if (n < 0) {
        throw new IOException(
            "%s: closed in the middle of an answer (expected: a prompt)".formatted(name));
      }
      answer.take(buffer.array(), n);
      if (answer.bytes.size() > MOST_ANSWER_BYTES) {
        throw new IOException("%s: an answer without end".formatted(name));
      }
    }
    return answer.bytes.toString(StandardCharsets.UTF_8);
  }

  /** What came so far, and how many prompts were in it. */
  private static final class Answer {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int prompts;
    private int matched;

    void take(byte[] piece, int length) {
      bytes.write(piece, 0, length);
      for (int i = 0; i < length; i++) {
        if (piece[i] == PROMPT.charAt(matched)) {
          matched++;
        } else {
          matched = piece[i] == PROMPT.charAt(0) ? 1 : 0;
        }
        if (matched == PROMPT.length()) {
          prompts++;
          matched = 0;
        }
      }
    }
  }

  private void await(int interest, long deadline) throws IOException, InterruptedException {
    SelectionKey key = channel.keyFor(selector);
    key.interestOps(interest);
    long left = Math.ceilDiv(deadline - System.nanoTime(), 1_000_000L);
    if (Thread.interrupted()) {
      throw interrupted();
    }
    int ready = left <= 0 ? selector.selectNow() : selector.select(left);
    selector.selectedKeys().clear();
    if (Thread.interrupted()) {
      throw interrupted();
    }
    if (ready == 0 && System.nanoTime() >= deadline) {
      throw new SocketTimeoutException(
          "%s: no answer within %d ms".formatted(name, patience.toMillis()));
    }
  }

  private InterruptedException interrupted() {
    return new InterruptedException("interrupted while talking to " + name);
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }
}

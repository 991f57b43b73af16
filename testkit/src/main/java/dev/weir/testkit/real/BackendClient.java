package dev.weir.testkit.real;

import dev.weir.model.Endpoint;
import dev.weir.testkit.contract.ProxyRig.Answer;
import dev.weir.testkit.contract.ProxyRig.Held;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks {@link Backends} through a proxy on a loopback port, each request on a connection of its
 * own.
 *
 * @param port of the proxy
 */
public record BackendClient(Backends backends, int port) {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})");
  private static final Pattern BACKEND =
      Pattern.compile("(?im)^" + Backends.HEADER + ": ([0-9]+)\\r?$");
  private static final int PATIENCE_MILLIS = 10_000;

  /** So many requests, one after the other; status 0 where the connection was cut. */
  public List<Answer> ask(int requests) throws IOException {
    List<Answer> answers = new ArrayList<>(requests);
    for (int i = 0; i < requests; i++) {
      try (Socket socket = send("/")) {
        answers.add(answer(rest(socket)));
      } catch (SocketException cut) {
        answers.add(new Answer(0, Optional.empty()));
      }
    }
    return answers;
  }

  /** A request whose answer has begun. */
  public Held hold() throws IOException {
    Socket socket = send(Backends.HELD);
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = socket.getInputStream().read();
      if (c < 0) {
        socket.close();
        throw new IOException("no answer: " + head);
      }
      head.append((char) c);
    }
    return new HeldAnswer(socket, head.toString());
  }

  private final class HeldAnswer implements Held {
    private final Socket socket;
    private final String head;

    HeldAnswer(Socket socket, String head) {
      this.socket = socket;
      this.head = head;
    }

    @Override
    public Endpoint by() {
      return answer(head).by().orElseThrow();
    }

    @Override
    public Answer finish() throws IOException {
      backends.release();
      boolean whole = rest(socket).contains("ended");
      return whole ? answer(head) : new Answer(0, Optional.empty());
    }

    @Override
    public void close() throws IOException {
      backends.release();
      socket.close();
    }
  }

  private Socket send(String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    String request =
        "GET %s HTTP/1.1\r\nHost: www.example.com\r\nConnection: close\r\n\r\n".formatted(path);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private Answer answer(String text) {
    Matcher status = STATUS.matcher(text);
    Matcher backend = BACKEND.matcher(text);
    return new Answer(
        status.lookingAt() ? Integer.parseInt(status.group(1)) : 0,
        backend.find()
            ? Optional.of(backends.endpoint(Integer.parseInt(backend.group(1))))
            : Optional.empty());
  }
}

package dev.weir.driver.nginx;

import dev.weir.model.Endpoint;
import dev.weir.model.Fingerprint;
import dev.weir.model.Quoted;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the confirm server in Weir's file which content the running nginx serves, and where Weir has
 * a file in {@code stream}, whether that one is of the same content. Every question is a connection
 * of its own, because an old worker keeps the connections that it has; it ends by a reset, so that
 * many questions leave nothing behind in the kernel's tables.
 *
 * @param stream where the other one answers; absent where there is none
 */
record ConfirmPort(Endpoint.Ip at, Optional<Endpoint.Ip> stream, Duration most) {

  private static final Pattern LINE =
      Pattern.compile("^weir ([0-9a-f]{32}) (\\S{1,40}) ([0-9]{1,10})\n");
  private static final Pattern BODY =
      Pattern.compile("\r\n\r\nweir ([0-9a-f]{32}) (\\S{1,40}) ([0-9]{1,10})");
  private static final String REQUEST = "GET /weir HTTP/1.1\r\nHost: weir\r\n\r\n";
  private static final int MOST_BYTES = 8192;

  /** What came back. */
  sealed interface Answer {
    /**
     * It runs a content of Weir's.
     *
     * @param version of nginx
     * @param worker the process id of the worker that answered
     */
    record Content(Fingerprint fingerprint, String version, long worker) implements Answer {}

    /**
     * It runs a content of Weir's in {@code http}, and not the same in {@code stream}.
     *
     * @param worker that answered in {@code http}
     * @param why for people
     */
    record Torn(Fingerprint fingerprint, String version, long worker, String why)
        implements Answer {}

    /** Nobody listens there. */
    record Refused() implements Answer {}

    /** Somebody accepts connections and does not answer in time. */
    record Silent() implements Answer {}

    /**
     * Something else answers there.
     *
     * @param what it said, for people
     */
    record Stranger(String what) implements Answer {}
  }

  /** Asks once. */
  Answer ask() throws InterruptedException {
    Answer http = ask(at, REQUEST, BODY);
    if (stream.isEmpty() || !(http instanceof Answer.Content content)) {
      return http;
    }
    Answer other = ask(stream.get(), "", LINE);
    boolean same =
        other instanceof Answer.Content second
            && second.fingerprint().equals(content.fingerprint());
    return same
        ? content
        : new Answer.Torn(
            content.fingerprint(),
            content.version(),
            content.worker(),
            "%s in stream answers %s (expected: the same; is Weir's file included inside stream { }?)"
                .formatted(stream.get(), describe(other)));
  }

  /** What came back, for people. */
  static String describe(Answer answer) {
    return switch (answer) {
      case Answer.Content c -> "%s from worker %d".formatted(c.fingerprint(), c.worker());
      case Answer.Torn t ->
          "%s from worker %d, and %s".formatted(t.fingerprint(), t.worker(), t.why());
      case Answer.Refused r -> "nothing (connection refused)";
      case Answer.Silent s -> "nothing in time";
      case Answer.Stranger s -> s.what();
    };
  }

  private Answer ask(Endpoint.Ip at, String request, Pattern wanted) throws InterruptedException {
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.setSoLinger(true, 0);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) most.toMillis());
      socket.connect(new InetSocketAddress(at.ip(), at.port()), (int) most.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return read(socket, wanted);
    } catch (ConnectException e) {
      return new Answer.Refused();
    } catch (SocketTimeoutException e) {
      return new Answer.Silent();
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return new Answer.Stranger(String.valueOf(e.getMessage()));
    }
  }

  private Answer read(Socket socket, Pattern wanted) throws IOException {
    long deadline = System.nanoTime() + most.toNanos();
    byte[] buffer = new byte[MOST_BYTES];
    int have = 0;
    while (have < buffer.length) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("no end of the answer");
      }
      socket.setSoTimeout((int) left);
      int n = socket.getInputStream().read(buffer, have, buffer.length - have);
      if (n < 0) {
        break;
      }
      have += n;
      Matcher matcher = wanted.matcher(new String(buffer, 0, have, StandardCharsets.ISO_8859_1));
      if (matcher.find()) {
        return new Answer.Content(
            new Fingerprint(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3)));
      }
    }
    String said = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
    return new Answer.Stranger(said.isEmpty() ? "nothing" : Quoted.of(said.split("\r\n", 2)[0]));
  }
}

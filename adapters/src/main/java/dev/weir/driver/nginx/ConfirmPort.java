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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the confirm server in Weir's file which content the running nginx serves. Every question is
 * a connection of its own, because an old worker keeps the connections that it has; it ends by a
 * reset, so that many questions leave nothing behind in the kernel's tables.
 */
record ConfirmPort(Endpoint.Ip at, Duration most) {

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
    try (Socket socket = new Socket(Proxy.NO_PROXY)) {
      socket.setSoLinger(true, 0);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) most.toMillis());
      socket.connect(new InetSocketAddress(at.ip(), at.port()), (int) most.toMillis());
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      return read(socket);
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

  private Answer read(Socket socket) throws IOException {
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
      Matcher matcher = BODY.matcher(new String(buffer, 0, have, StandardCharsets.ISO_8859_1));
      if (matcher.find()) {
        return new Answer.Content(
            new Fingerprint(matcher.group(1)), matcher.group(2), Long.parseLong(matcher.group(3)));
      }
    }
    String said = new String(buffer, 0, have, StandardCharsets.ISO_8859_1);
    return new Answer.Stranger(said.isEmpty() ? "nothing" : Quoted.of(said.split("\r\n", 2)[0]));
  }
}

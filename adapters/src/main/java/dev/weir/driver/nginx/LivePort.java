package dev.weir.driver.nginx;

import dev.weir.model.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks and tells the balancer in the running nginx which members there are, at the confirm address.
 * Every question is a connection of its own that ends by a reset, as those of {@link ConfirmPort}.
 */
record LivePort(Endpoint.Ip at, Duration most) {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");

  private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]{1,7})\r\n");
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  /**
   * What came back.
   *
   * @param status of HTTP
   */
  record Answer(int status, String body) {}

  /** The lists of these upstreams that are in force. */
  Answer ask(String secret, Collection<String> upstreams) throws IOException {
    return exchange("GET /weir/live?" + String.join(",", upstreams), secret, "");
  }

  /** Puts lists in force; the body of a good answer names each with its version. */
  Answer put(String secret, String lists) throws IOException {
    return exchange("PUT /weir/live", secret, lists);
  }

  private Answer exchange(String line, String secret, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    String head =
        "%s HTTP/1.1\r\nHost: weir\r\nConnection: close\r\nX-Weir-Secret: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(line, secret, bytes.length);
    try (Socket socket = new Socket()) {
      socket.setSoLinger(true, 0);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) most.toMillis());
      socket.connect(new InetSocketAddress(at.ip(), at.port()), (int) most.toMillis());
      OutputStream out = socket.getOutputStream();
      ByteArrayOutputStream whole = new ByteArrayOutputStream(head.length() + bytes.length);
      whole.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
      whole.writeBytes(bytes);
      whole.writeTo(out);
      return answer(new String(all(socket), StandardCharsets.UTF_8));
    }
  }

  /** Until the other side ends, within the time and so many bytes. */
  private byte[] all(Socket socket) throws IOException {
    long deadline = System.nanoTime() + most.toNanos();
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    byte[] piece = new byte[64 * 1024];
    while (true) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0 || whole.size() > MOST_BYTES) {
        throw new IOException(
            "no end of the answer after %d bytes (expected: within %ds)"
                .formatted(whole.size(), most.toSeconds()));
      }
      socket.setSoTimeout((int) left);
      int n = socket.getInputStream().read(piece);
      if (n < 0) {
        return whole.toByteArray();
      }
      whole.write(piece, 0, n);
    }
  }

  /** nginx sends the text in chunks. */
  private static Answer answer(String response) throws IOException {
    Matcher status = STATUS.matcher(response);
    int end = response.indexOf("\r\n\r\n");
    if (!status.lookingAt() || end < 0) {
      throw new IOException("no answer of HTTP");
    }
    String body = response.substring(end + 4);
    boolean chunked = response.substring(0, end).toLowerCase(Locale.ROOT).contains("chunked");
    return new Answer(Integer.parseInt(status.group(1)), chunked ? joined(body) : body);
  }

  private static String joined(String chunks) throws IOException {
    StringBuilder body = new StringBuilder();
    int at = 0;
    while (true) {
      Matcher size = CHUNK.matcher(chunks).region(at, chunks.length());
      int length = size.lookingAt() ? Integer.parseInt(size.group(1), 16) : -1;
      int from = length < 0 ? 0 : size.end();
      if (length < 0 || from + length > chunks.length()) {
        throw new IOException("the answer ends too soon");
      }
      if (length == 0) {
        return body.toString();
      }
      body.append(chunks, from, from + length);
      at = Math.min(chunks.length(), from + length + 2);
    }
  }
}

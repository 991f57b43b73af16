package dev.weir.probe.http;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status line and headers of an answer, as far as they matter here.
 *
 * @param minor the minor version: 0 or 1
 * @param transferEncoding in lower case; empty where there is none
 * @param connection in lower case; empty where there is none
 */
record HttpHead(
    int status,
    String reason,
    int minor,
    OptionalLong contentLength,
    String transferEncoding,
    String connection) {

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([0-9]) ([1-5][0-9]{2})(?: (.*))?");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

  /** How the end of the body is found. */
  sealed interface Framing {
    /** After so many bytes. */
    record Length(long bytes) implements Framing {}

    /** After the last chunk. */
    record Chunked() implements Framing {}

    /** When the peer closes. */
    record ToTheEnd() implements Framing {}
  }

  /** Reads the head of the final answer; what merely announces one is passed over. */
  static HttpHead read(HttpReader reader) throws IOException {
    while (true) {
      HttpHead head = readOne(reader);
      if (head.status >= 200 || head.status == 101) {
        return head;
      }
    }
  }

  private static HttpHead readOne(HttpReader reader) throws IOException {
    String first = reader.line();
    Matcher matcher = STATUS_LINE.matcher(first);
    if (!matcher.matches()) {
      String shown = first.length() <= 40 ? first : first.substring(0, 40) + " ...";
      throw new IOException("not an HTTP/1 answer: '" + shown + "'");
    }
    OptionalLong length = OptionalLong.empty();
    String encoding = "";
    String connection = "";
    for (String line = reader.line(); !line.isEmpty(); line = reader.line()) {
      String value = line.substring(line.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
      switch (nameOf(line)) {
        case "content-length" -> length = length(value);
        case "transfer-encoding" -> encoding = value;
        case "connection" -> connection = value;
        default -> {}
      }
    }
    String reason = matcher.group(3) == null ? "" : matcher.group(3).strip();
    return new HttpHead(
        Integer.parseInt(matcher.group(2)),
        reason,
        Integer.parseInt(matcher.group(1)),
        length,
        encoding,
        connection);
  }

  private static String nameOf(String line) throws IOException {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IOException("a header without a name");
    }
    return line.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  private static OptionalLong length(String value) throws IOException {
    if (!LENGTH.matcher(value).matches()) {
      throw new IOException("a Content-Length that is no number");
    }
    return OptionalLong.of(Long.parseLong(value));
  }

  /** How the body of the answer to a request of this method ends. */
  Framing framing(String method) {
    if (method.equals("HEAD") || status == 204 || status == 304) {
      return new Framing.Length(0);
    }
    if (!transferEncoding.isEmpty()) {
      return transferEncoding.equals("chunked") ? new Framing.Chunked() : new Framing.ToTheEnd();
    }
    return contentLength.isPresent()
        ? new Framing.Length(contentLength.getAsLong())
        : new Framing.ToTheEnd();
  }

  /** Whether the peer will take another request on this connection. */
  boolean keepsAlive() {
    if (status == 101 || (contentLength.isPresent() && !transferEncoding.isEmpty())) {
      return false;
    }
    return minor == 0 ? says("keep-alive") : !says("close");
  }

  private boolean says(String token) {
    return Arrays.stream(connection.split(",")).anyMatch(part -> part.strip().equals(token));
  }
}

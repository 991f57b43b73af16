package dev.weir.app.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An answer of the API, its body still to be read.
 *
 * @param headers by lower-case name
 * @param body ends where the answer does
 */
record Reply(int status, Map<String, String> headers, InputStream body) {

  private static final int LONGEST = 256 << 20;

  Reply {
    headers = Map.copyOf(headers);
  }

  /** Reads the head of an answer. */
  static Reply read(Wire wire) throws IOException {
    String first = wire.line();
    if (!first.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
      throw new IOException("not HTTP: " + Terminal.safe(first));
    }
    Map<String, String> headers = new HashMap<>();
    for (String line = wire.line(); !line.isEmpty(); line = wire.line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    boolean chunked = headers.getOrDefault("transfer-encoding", "").equals("chunked");
    return new Reply(
        Integer.parseInt(first.substring(9, 12)),
        headers,
        chunked ? new Chunks(wire) : bounded(wire, headers));
  }

  /** The whole body. */
  String text() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    var _ = body.transferTo(bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static InputStream bounded(Wire wire, Map<String, String> headers) throws IOException {
    String length = headers.getOrDefault("content-length", "");
    if (length.isEmpty()) {
      return wire;
    }
    if (!length.matches("[0-9]{1,9}") || Integer.parseInt(length) > LONGEST) {
      throw new IOException("an answer of %s bytes".formatted(Terminal.safe(length)));
    }
    return new Chunks(wire, Integer.parseInt(length));
  }

  /** A body in chunks, or in one of a known length. */
  private static final class Chunks extends InputStream {
    private final Wire wire;
    private final boolean more;
    private long left;
    private boolean ended;

    Chunks(Wire wire) {
      this.wire = wire;
      this.more = true;
    }

    Chunks(Wire wire, int length) {
      this.wire = wire;
      this.more = false;
      this.left = length;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0 && more && !ended) {
        left = next();
        ended = left == 0;
      }
      if (left == 0) {
        return -1;
      }
      int count = wire.read(into, offset, (int) Math.min(length, left));
      if (count < 0) {
        throw new IOException("the answer ended in the middle");
      }
      left -= count;
      if (left == 0 && more) {
        var _ = wire.line();
      }
      return count;
    }

    private long next() throws IOException {
      String size = wire.line();
      if (!size.matches("[0-9a-fA-F]{1,8}(;.*)?")) {
        throw new IOException("a chunk of size " + Terminal.safe(size));
      }
      long length = Long.parseLong(size.replaceFirst(";.*", ""), 16);
      if (length == 0) {
        var _ = wire.line();
      }
      return length;
    }
  }
}

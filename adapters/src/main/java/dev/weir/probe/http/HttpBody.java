package dev.weir.probe.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The body of one answer, read up to a limit. */
final class HttpBody {

  private static final int MOST_BYTES = 64 * 1024;
  private static final Pattern CHUNK = Pattern.compile("\\s*([0-9A-Fa-f]{1,8})\\s*(?:;.*)?");

  private final HttpReader reader;
  private final boolean wanted;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream(0);
  private final byte[] piece = new byte[1024];
  private int left = MOST_BYTES;

  /**
   * @param wanted whether its text is kept
   */
  HttpBody(HttpReader reader, boolean wanted) {
    this.reader = reader;
    this.wanted = wanted;
  }

  /**
   * Reads it, or its first part where it is very long.
   *
   * @return whether it was read to its end, which the peer marked otherwise than by closing
   * @throws EOFException when the peer closes in the middle
   */
  boolean read(HttpHead.Framing framing) throws IOException {
    return switch (framing) {
      case HttpHead.Framing.Length length -> readExactly(length.bytes());
      case HttpHead.Framing.Chunked ignored -> readChunks();
      case HttpHead.Framing.ToTheEnd ignored -> readToTheEnd();
    };
  }

  private boolean readExactly(long bytes) throws IOException {
    long rest = bytes;
    while (rest > 0 && left > 0) {
      int count = take(Math.min(rest, left));
      if (count < 0) {
        throw new EOFException("closed in the middle of its answer");
      }
      rest -= count;
    }
    return rest == 0;
  }

  private boolean readToTheEnd() throws IOException {
    while (left > 0 && take(left) >= 0) {
      // take() counts and keeps
    }
    return false;
  }

  private boolean readChunks() throws IOException {
    while (true) {
      String line = reader.line();
      Matcher matcher = CHUNK.matcher(line);
      if (!matcher.matches()) {
        throw new IOException("a chunk without its length");
      }
      long length = Long.parseLong(matcher.group(1), 16);
      if (length == 0) {
        return readTrailers();
      }
      if (!readExactly(length)) {
        return false;
      }
      if (!reader.line().isEmpty()) {
        throw new IOException("a chunk longer than its length");
      }
    }
  }

  private boolean readTrailers() throws IOException {
    while (!reader.line().isEmpty()) {
      // nothing in them is needed
    }
    return true;
  }

  private int take(long atMost) throws IOException {
    int count = reader.some(piece, (int) Math.min(atMost, piece.length));
    if (count > 0) {
      left -= count;
      if (wanted) {
        text.write(piece, 0, count);
      }
    }
    return count;
  }

  /** What was read, where it was wanted. */
  String text() {
    return text.toString(StandardCharsets.UTF_8);
  }
}

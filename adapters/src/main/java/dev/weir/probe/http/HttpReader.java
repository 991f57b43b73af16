package dev.weir.probe.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads lines and bytes of one answer, never more than asked for beyond one small buffer. */
final class HttpReader {

  private static final int MOST_HEAD_BYTES = 32 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[2048];
  private int position;
  private int end;
  private int lineBytesLeft = MOST_HEAD_BYTES;

  HttpReader(InputStream in) {
    this.in = in;
  }

  /** Waits for the answer to begin. */
  void awaitFirstByte() throws IOException {
    if (!fill()) {
      throw new EOFException("closed without an answer");
    }
  }

  /** Whether nothing lies here that nobody asked for. */
  boolean isDrained() {
    return position == end;
  }

  /**
   * A line without its end.
   *
   * @throws IOException also when all lines together are longer than any sane head
   */
  String line() throws IOException {
    StringBuilder line = new StringBuilder(64);
    while (true) {
      int from = position;
      while (position < end && buffer[position] != '\n') {
        position++;
      }
      lineBytesLeft -= position - from + 1;
      if (lineBytesLeft < 0) {
        throw new IOException("more than %d bytes of headers".formatted(MOST_HEAD_BYTES));
      }
      line.append(new String(buffer, from, position - from, StandardCharsets.ISO_8859_1));
      if (position < end) {
        position++;
        return withoutReturn(line);
      }
      refill();
    }
  }

  private static String withoutReturn(StringBuilder line) {
    int last = line.length() - 1;
    return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
  }

  /**
   * Some bytes, at least one.
   *
   * @return how many went into {@code to}; -1 when the peer has ended the answer
   */
  int some(byte[] to, int atMost) throws IOException {
    if (position == end && !fill()) {
      return -1;
    }
    int count = Math.min(Math.min(end - position, atMost), to.length);
    System.arraycopy(buffer, position, to, 0, count);
    position += count;
    return count;
  }

  private void refill() throws IOException {
    if (!fill()) {
      throw new EOFException("closed in the middle of its answer");
    }
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, 0, buffer.length);
    position = 0;
    end = Math.max(count, 0);
    return count > 0;
  }
}

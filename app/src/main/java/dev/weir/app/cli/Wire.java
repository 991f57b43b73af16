package dev.weir.app.cli;

import dev.weir.model.Address;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** A connection to a Weir, on which no read lasts longer than agreed. Used by one thread. */
abstract class Wire extends InputStream {

  /** How long a connection may take to be made. */
  static final Duration CONNECT = Duration.ofSeconds(5);

  private final Address peer;

  Wire(Address peer) {
    this.peer = peer;
  }

  /** Who was connected to. */
  final Address peer() {
    return peer;
  }

  /** Sends all of it. */
  abstract void write(byte[] bytes) throws IOException;

  /** A line without its end. */
  final String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = read(); c != '\n'; c = read()) {
      if (c < 0) {
        throw new EOFException("the connection ended in the middle of a line");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}

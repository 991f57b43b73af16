package dev.weir.probe.http;

import dev.weir.net.Wire;
import dev.weir.spi.Transcript;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Requests and their answers over one connection, one after the other. */
final class Exchange {

  private static final int REQUEST_TIMEOUT = 408;

  private final Wire wire;
  private final InputStream in;
  private final OutputStream out;
  private final Optional<HeardStream> heard;
  private boolean used;

  /**
   * The connection was closed before it brought any byte of an answer, after it had brought others:
   * the peer had closed it while it lay idle.
   */
  static final class Stale extends IOException {
    private static final long serialVersionUID = 1L;

    Stale(IOException cause) {
      super("a kept connection was closed", cause);
    }
  }

  /**
   * Over a new connection.
   *
   * @param in what the peer says on it, deciphered
   * @param out to the peer
   */
  Exchange(Wire wire, InputStream in, OutputStream out) {
    this(wire, in, out, Optional.empty());
  }

  private Exchange(Wire wire, InputStream in, OutputStream out, Optional<HeardStream> heard) {
    this.wire = wire;
    this.in = in;
    this.out = out;
    this.heard = heard;
  }

  /** The same, with all that the peer says taken down; before anything is asked. */
  Exchange heardBy(Transcript transcript) {
    HeardStream stream = new HeardStream(in, transcript);
    return new Exchange(wire, stream, out, Optional.of(stream));
  }

  /** What was said last is taken down too. */
  void heardAll() {
    heard.ifPresent(HeardStream::rest);
  }

  Wire wire() {
    return wire;
  }

  /**
   * Asks and reads the answer, of its body only what the options need.
   *
   * @throws Stale when only the age of the connection is to blame
   */
  HttpAnswer ask(byte[] request, HttpOptions options) throws IOException {
    boolean kept = used;
    used = true;
    HttpReader reader = new HttpReader(in);
    try {
      out.write(request);
      out.flush();
      reader.awaitFirstByte();
    } catch (IOException failure) {
      throw kept ? new Stale(failure) : failure;
    }
    HttpHead head = HttpHead.read(reader);
    if (kept && head.status() == REQUEST_TIMEOUT) {
      throw new Stale(new EOFException("408 for the idle connection"));
    }
    if (!options.status().contains(head.status())) {
      return new HttpAnswer(head.status(), head.reason(), "", false);
    }
    HttpBody body = new HttpBody(reader, options.body().isPresent());
    boolean whole = body.read(head.framing(options.method()));
    boolean reusable = whole && head.keepsAlive() && reader.isDrained();
    return new HttpAnswer(head.status(), head.reason(), body.text(), reusable);
  }
}

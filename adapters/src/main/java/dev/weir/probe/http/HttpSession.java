package dev.weir.probe.http;

import dev.weir.model.Endpoint;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.net.Look;
import dev.weir.net.Wire;
import dev.weir.probe.http.HttpOptions.Reuse;
import dev.weir.spi.Probe;
import dev.weir.spi.Transcript;
import dev.weir.spi.Transcript.Voice;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The looks at one member. A connection is kept for the next looks, but a member which still
 * answers on old connections and takes no new ones must not pass for long: when more than the
 * time-out has passed since a new connection was last made, the look makes one. It asks on it;
 * within TLS, where a new one is expensive, it resets it without a word and asks on the kept one. A
 * refusal takes no time, so that such a member is out no later than one that hangs, for which each
 * look may take the time-out.
 *
 * <p>A kept connection that turns out closed before any byte of an answer says nothing about the
 * member: the same look tries once more on a new one.
 */
final class HttpSession implements Probe.Session {

  /**
   * Looks over one connection at most: something between may take connections for a member that
   * does not.
   */
  private static final int LOOKS_PER_CONNECTION = 10;

  private final HttpProbe probe;
  private final Endpoint target;
  private final byte[] request;
  private final Optional<Transcript> transcript;
  private Optional<Kept> kept = Optional.empty();

  /**
   * A connection that may be asked again.
   *
   * @param provenNanos when the member was last seen to take a new one
   */
  private record Kept(Exchange exchange, int looks, long provenNanos) {}

  /**
   * @param transcript absent where nobody reads what is said
   */
  HttpSession(HttpProbe probe, Endpoint target, Optional<Transcript> transcript) {
    this.probe = probe;
    this.target = target;
    this.transcript = transcript;
    this.request = probe.request(target);
  }

  @Override
  public ProbeResult look(Duration timeout) throws InterruptedException {
    try (Look look = Look.begin(probe.time(), timeout)) {
      try {
        return look(look, timeout);
      } catch (SSLException failure) {
        return failed(look, failure);
      } catch (IOException failure) {
        return look.failed(failure);
      }
    }
  }

  /** Failures of the connection below TLS arrive wrapped and are judged as what they are. */
  private ProbeResult failed(Look look, SSLException failure) throws InterruptedException {
    if (failure.getCause() instanceof IOException below
        && !(below instanceof SSLException)
        && !(below instanceof EOFException)) {
      return look.failed(below);
    }
    ProbeResult result = look.failed(failure);
    String expected = probe.tls().map(TlsClient::expectation).orElse("");
    return result.kind() == Kind.ERROR
        ? look.ended(Kind.TLS, Look.describe(failure) + expected)
        : result;
  }

  private ProbeResult look(Look look, Duration timeout) throws IOException {
    Optional<Kept> usable = takeUsable(look, timeout);
    if (usable.isPresent()) {
      Kept former = usable.get();
      look.connected();
      former.exchange().wire().under(look.deadline());
      try {
        return ask(look, former);
      } catch (Exchange.Stale closedMeanwhile) {
        if (look.deadline().passed() || Thread.currentThread().isInterrupted()) {
          throw closedMeanwhile;
        }
        look.connectsAnew();
      }
    }
    long now = probe.time().nanos();
    note("connects to " + target);
    Wire wire = Wire.connect(target, look.deadline());
    note("is connected");
    look.connected();
    return ask(look, new Kept(secured(wire), 0, now));
  }

  /** The kept connection, while it is known that the member takes new ones. */
  private Optional<Kept> takeUsable(Look look, Duration timeout) throws IOException {
    Optional<Kept> former = kept;
    kept = Optional.empty();
    long now = probe.time().nanos();
    if (former.isEmpty() || now - former.get().provenNanos() <= timeout.toNanos()) {
      return former;
    }
    Exchange exchange = former.get().exchange();
    if (probe.tls().isEmpty()) {
      exchange.wire().close();
      return Optional.empty();
    }
    try {
      Wire.connect(target, look.deadline()).close();
    } catch (IOException nobodyOpens) {
      exchange.wire().close();
      throw nobodyOpens;
    }
    return Optional.of(new Kept(exchange, former.get().looks(), now));
  }

  private void note(String text) {
    transcript.ifPresent(it -> it.note(text));
  }

  private Exchange secured(Wire wire) throws IOException {
    try {
      Exchange exchange =
          probe.tls().isPresent()
              ? probe.tls().get().over(wire, target, transcript)
              : new Exchange(wire, wire.in(), wire.out());
      return transcript.map(exchange::heardBy).orElse(exchange);
    } catch (IOException failure) {
      wire.close();
      throw failure;
    }
  }

  /** One request and its answer; afterwards the connection is kept or closed. */
  private ProbeResult ask(Look look, Kept connection) throws IOException {
    Exchange exchange = connection.exchange();
    boolean keep = false;
    transcript.ifPresent(
        it -> probe.shownRequest(target).lines().forEach(line -> it.line(Voice.SENT, line)));
    try {
      HttpAnswer answer = exchange.ask(request, probe.options());
      ProbeResult result = judge(look, answer);
      keep = result.passed() && answer.reusable() && mayKeep(connection);
      return result;
    } finally {
      exchange.heardAll();
      if (keep) {
        kept = Optional.of(new Kept(exchange, connection.looks() + 1, connection.provenNanos()));
      } else {
        exchange.wire().close();
      }
    }
  }

  private boolean mayKeep(Kept connection) {
    return probe.options().reuse() == Reuse.KEEP && connection.looks() + 1 < LOOKS_PER_CONNECTION;
  }

  private ProbeResult judge(Look look, HttpAnswer answer) {
    HttpOptions options = probe.options();
    String status = answer.status() + (answer.reason().isEmpty() ? "" : " " + answer.reason());
    if (!options.status().contains(answer.status())) {
      return look.ended(Kind.STATUS, status + " (expected: " + options.status() + ")");
    }
    if (options.body().filter(wanted -> !answer.body().contains(wanted)).isPresent()) {
      return look.ended(Kind.BODY, status + " without '" + options.body().get() + "' in its body");
    }
    return look.ended(Kind.OK, status);
  }

  @Override
  public void close() {
    kept.ifPresent(connection -> connection.exchange().wire().close());
    kept = Optional.empty();
  }
}

package dev.weir.model;

import java.time.Duration;

/**
 * What one probe found.
 *
 * @param detail one line for people: {@code 503 Service Unavailable}, {@code connection refused}
 * @param took from the start of the probe to its conclusion
 */
public record ProbeResult(Kind kind, String detail, Duration took) {

  /** The kinds that are told apart; the names are those of the metric's {@code result} label. */
  public enum Kind {
    OK,
    /** Nothing listens: hard evidence. */
    REFUSED,
    /** No connection within the time-out; many at once are a fault on our own side. */
    CONNECT_TIMEOUT,
    /** Connected, but no whole answer within the time-out. */
    TIMEOUT,
    STATUS,
    BODY,
    TLS,
    /** Anything else: reset, closed early, not understood. */
    ERROR
  }

  public boolean passed() {
    return kind == Kind.OK;
  }
}

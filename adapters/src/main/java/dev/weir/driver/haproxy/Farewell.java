package dev.weir.driver.haproxy;

import dev.weir.spi.Drain;
import dev.weir.spi.Drain.Phase;
import java.time.Duration;
import java.util.OptionalInt;

/** One server's way out, as the driver follows it. Used by one thread. */
final class Farewell {

  private final Backend backend;
  private final String server;

  /** The process that has its connections. */
  private final long worker;

  private final long sinceNanos;
  private long endNanos;
  private OptionalInt connections = OptionalInt.empty();
  private Phase phase = Phase.RUNNING;
  private Place place = Place.IN_FILE;
  private boolean settled;
  private String member;

  /** Where the server stands. */
  enum Place {
    /** In Weir's file, drained. */
    IN_FILE,
    /** In the running process only, in maintenance, to be deleted. */
    LEFT_OVER,
    /** A slot that nobody has any more. */
    FREED,
    /** Nowhere in the process that runs now. */
    GONE
  }

  Farewell(Backend backend, String server, long worker, long nowNanos) {
    this.backend = backend;
    this.server = server;
    this.member = server;
    this.worker = worker;
    this.sinceNanos = nowNanos;
  }

  /** The member that the server is for, or was. */
  void isFor(String name) {
    member = name;
  }

  void stands(Place now) {
    place = now;
  }

  void counts(OptionalInt now) {
    connections = now;
  }

  /** It has come to an end; the first one counts. */
  void ends(Phase how, long nowNanos) {
    if (running()) {
      phase = how;
      endNanos = nowNanos;
    }
  }

  /** It takes not even those any more who are bound to it. */
  void settles() {
    settled = true;
  }

  /** It takes those who are bound to it, again. */
  void drainsAgain() {
    settled = false;
  }

  Backend backend() {
    return backend;
  }

  String server() {
    return server;
  }

  long worker() {
    return worker;
  }

  Place place() {
    return place;
  }

  boolean running() {
    return phase == Phase.RUNNING;
  }

  boolean settled() {
    return settled;
  }

  boolean overdue(long nowNanos) {
    return nowNanos - sinceNanos >= backend.drain().deadline().toNanos();
  }

  /** Whether it ended so long ago. */
  boolean endedBefore(long nowNanos, Duration ago) {
    return !running() && nowNanos - endNanos > ago.toNanos();
  }

  Drain told(long nowNanos) {
    Duration lasted = Duration.ofNanos((running() ? nowNanos : endNanos) - sinceNanos);
    return new Drain(backend.pool(), member, lasted, connections, phase);
  }

  /** As commands name it. */
  @Override
  public String toString() {
    return backend.as() + "/" + server;
  }
}

package dev.weir.driver.haproxy;

import dev.weir.spi.Drain;
import dev.weir.spi.Drain.Phase;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/** One server's way out, as the driver follows it. Used by one thread. */
final class Farewell {

  private final Backend backend;
  private final String server;

  /** The processes that have its connections. */
  private final Set<Long> workers;

  private final long sinceNanos;
  private long endNanos;
  private OptionalInt connections = OptionalInt.empty();
  private Phase phase = Phase.RUNNING;
  private Place place = Place.IN_FILE;
  private boolean settled;
  private boolean cut;
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

  Farewell(Backend backend, String server, Set<Long> workers, long nowNanos) {
    this.backend = backend;
    this.server = server;
    this.member = server;
    this.workers = Set.copyOf(workers);
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

  /** The deadline has ended its connections, and HAProxy said nothing against it. */
  void isCut() {
    cut = true;
  }

  /** It has come to an end, by itself or by being cut; the first one counts. */
  void ends(long nowNanos) {
    if (running()) {
      phase = cut ? Phase.CUT : Phase.EMPTY;
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

  Set<Long> workers() {
    return workers;
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

  /** Whether it may still have connections. */
  boolean busy() {
    return !connections.equals(OptionalInt.of(0));
  }

  /** Whether it has to be looked at again. */
  boolean open() {
    return running() || (place == Place.IN_FILE && (!settled || connections.orElse(0) > 0));
  }

  /**
   * Whether its end wants it in maintenance, where it is not yet. With persistence people who are
   * between two requests have no connection.
   */
  boolean owesMaintenance(Defaults defaults, long nowNanos) {
    boolean early = !busy() && !backend.persistent(defaults);
    return place == Place.IN_FILE && !settled && (early || overdue(nowNanos));
  }

  /** As last counted; absent when an older process has them. */
  OptionalInt connections() {
    return connections;
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

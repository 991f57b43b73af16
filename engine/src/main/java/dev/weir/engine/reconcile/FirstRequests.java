package dev.weir.engine.reconcile;

import dev.weir.model.MemberChange;
import dev.weir.model.Outcome;
import dev.weir.model.ServerState;
import dev.weir.spi.PoolWay;
import dev.weir.spi.ProxyDriver;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long it takes from a change until the proxy counts a first request on a member that came with
 * it. A sample: one arrival at a time and at most one in 10 s, because each look asks the proxy for
 * a whole pool. Looks come twice as far apart each time, from 5 ms to 1 s, so that what is measured
 * is at most twice what it was; after a minute without a request it is given up. Times are
 * nanoseconds of one monotonic clock. Used by one thread.
 */
final class FirstRequests {
  static final Duration SHORTEST = Duration.ofMillis(5);
  static final Duration LONGEST = Duration.ofSeconds(1);
  static final Duration APART = Duration.ofSeconds(10);
  static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ReconcileMeters meters;
  private Optional<Arrival> awaited = Optional.empty();
  private long restsUntil;

  FirstRequests(ReconcileMeters meters) {
    this.meters = meters;
  }

  /** A member that the proxy did not have. */
  private record Arrival(MemberChange member, Outcome.Way way, long since) {}

  /**
   * What was applied.
   *
   * @param since when the change was put before the loop
   */
  record Done(List<MemberChange> changes, Outcome.Way way, long since) {}

  /**
   * Takes note of what was applied.
   *
   * @param ways how members come into each pool: in a slot, what is counted began with others
   * @return whether somebody is waited for from now on
   */
  boolean applied(Done done, List<PoolWay> ways, long now) {
    if (awaited.isPresent() || now < restsUntil) {
      return false;
    }
    awaited =
        done.changes().stream()
            .filter(FirstRequests::comes)
            .filter(change -> !inSlots(change, ways))
            .findFirst()
            .map(change -> new Arrival(change, done.way(), done.since()));
    if (awaited.isPresent()) {
      restsUntil = now + APART.toNanos();
    }
    return awaited.isPresent();
  }

  private static boolean comes(MemberChange change) {
    return change.before().isEmpty() && change.after().startsWith(ServerState.READY.word());
  }

  private static boolean inSlots(MemberChange change, List<PoolWay> ways) {
    return ways.stream()
        .filter(way -> way.pool().equals(change.pool()))
        .anyMatch(way -> way.kind() == PoolWay.Kind.SLOTS);
  }

  /**
   * Looks for the first request.
   *
   * @return when to look again; absent when nobody is waited for any more
   */
  Optional<Duration> look(ProxyDriver driver, long now) throws InterruptedException {
    if (awaited.isEmpty()) {
      return Optional.empty();
    }
    Arrival arrival = awaited.get();
    Duration lasted = Duration.ofNanos(now - arrival.since());
    Counted counted = counted(driver, arrival.member());
    if (counted == Counted.SOME) {
      meters.changeServed(arrival.way()).add(lasted);
    }
    if (counted != Counted.NONE_YET || lasted.compareTo(PATIENCE) > 0) {
      awaited = Optional.empty();
      return Optional.empty();
    }
    return Optional.of(again(lasted));
  }

  private static Duration again(Duration lasted) {
    if (lasted.compareTo(SHORTEST) < 0) {
      return SHORTEST;
    }
    return lasted.compareTo(LONGEST) > 0 ? LONGEST : lasted;
  }

  /** What the proxy says of the member's requests. */
  private enum Counted {
    NONE_YET,
    SOME,
    /** It does not count, does not have the member any more, or cannot be asked. */
    NOTHING_TOLD
  }

  private static Counted counted(ProxyDriver driver, MemberChange member)
      throws InterruptedException {
    try {
      List<Long> totals =
          driver.rows(member.pool()).stream()
              .filter(row -> row.endpoint().equals(Optional.of(member.endpoint())))
              .map(row -> row.load().total())
              .toList();
      if (totals.isEmpty()) {
        return Counted.NOTHING_TOLD;
      }
      return totals.stream().anyMatch(total -> total > 0) ? Counted.SOME : Counted.NONE_YET;
    } catch (IOException silent) {
      return Counted.NOTHING_TOLD;
    }
  }
}

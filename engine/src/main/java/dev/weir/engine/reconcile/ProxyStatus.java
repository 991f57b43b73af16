package dev.weir.engine.reconcile;

import dev.weir.model.DesiredState;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.spi.Drain;
import dev.weir.spi.PoolWay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one proxy stands, at one moment.
 *
 * @param kind the kind of proxy, {@code nginx}
 * @param desired the state last resolved; absent before that
 * @param last the last outcome; absent before the first
 * @param condition of the proxy when it was last looked at; absent before that
 * @param putOff what the driver still has to do, or cannot, for people
 * @param drains that go on in the proxy, and those that ended lately
 * @param ways how new members come into it, by pool; empty where the driver does not tell
 * @param pinned to which revision; absent where it is to none
 */
public record ProxyStatus(
    ProxyName proxy,
    String kind,
    Optional<DesiredState> desired,
    Sync sync,
    Optional<LastOutcome> last,
    Optional<Observed.Condition> condition,
    Optional<String> putOff,
    List<Drain> drains,
    List<PoolWay> ways,
    Optional<Pinned> pinned,
    Progress progress) {

  public ProxyStatus {
    drains = List.copyOf(drains);
    ways = List.copyOf(ways);
  }

  /**
   * What became of the last plan.
   *
   * @param at when that was known
   * @param took from the start of applying
   */
  public record LastOutcome(Outcome outcome, Instant at, Duration took) {}

  /**
   * How a pinned proxy stands.
   *
   * @param to where it is to be brought and then left
   * @param outcome what became of that, last; absent before the first try
   */
  public record Pinned(Brake.PinnedTo to, Optional<Outcome> outcome) {}

  /**
   * How far it has come.
   *
   * @param generation of the newest inputs that the proxy is confirmed to follow; 0 before any
   * @param revision number of the last state applied; 0 where nothing had to be applied yet
   * @param lastInSync when it was last known to run what it shall
   * @param lastLook when the last look at everything began; absent before the first
   * @param lastRun when the loop last came round
   * @param nextTry when it will act again by itself, at the latest
   */
  public record Progress(
      long generation,
      long revision,
      Optional<Instant> lastInSync,
      Optional<Instant> lastLook,
      Instant lastRun,
      Instant nextTry) {}

  /** The drain of a server that goes on; absent where it has ended, or there never was one. */
  public Optional<Drain> drainOf(PoolId pool, String server) {
    return drains.stream()
        .filter(drain -> drain.running() && drain.pool().equals(pool))
        .filter(drain -> drain.server().equals(server))
        .findFirst();
  }

  /** Whether the proxy itself reported that it runs what it shall. */
  public boolean inSync() {
    return sync instanceof Sync.Reached;
  }

  /** Whether the proxy is settled once: it is in step, or an attempt has had an outcome. */
  public boolean hadOutcome() {
    return last.isPresent() || sync instanceof Sync.Reached || sync instanceof Sync.WouldApply;
  }
}

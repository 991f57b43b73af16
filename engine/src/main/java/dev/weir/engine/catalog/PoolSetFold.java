package dev.weir.engine.catalog;

import dev.weir.engine.catalog.PoolSetState.Known;
import dev.weir.engine.catalog.PoolSetState.Memory;
import dev.weir.engine.catalog.PoolSetState.Naming;
import dev.weir.engine.catalog.PoolSetState.Policy;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceState;
import dev.weir.spi.Durations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Folds news into the state of a pool set: pure functions. A pool that its source names no more is
 * held like a member when too many go at once; else it is gone, stays for the time that it may
 * linger, and is dropped when its source can look and its owner says that nobody needs it.
 */
public final class PoolSetFold {

  private PoolSetFold() {}

  /** What became of a piece of news. */
  public record Result(PoolSetState state, List<Event> events) {
    public Result {
      events = List.copyOf(events);
    }
  }

  /** Takes a report of the set's source. */
  public static Result report(PoolSetState state, PoolsReport report, Policy policy, Instant now) {
    return switch (report) {
      case PoolsReport.Unavailable unavailable -> lost(state, unavailable.reason(), now);
      case PoolsReport.Complete complete -> new PoolSetNews(state, policy, now).take(complete);
    };
  }

  /** Does what is due by time alone: ends holds, tells of a long silence. */
  public static Result tick(PoolSetState state, Instant now) {
    List<Event> events = new ArrayList<>();
    SortedMap<String, Known> pools = new TreeMap<>(state.pools());
    pools.replaceAll((key, known) ->
        known.naming() instanceof Naming.Held held && !held.until().isAfter(now)
            ? new Known(known.found(), new Naming.Gone(now))
            : known);
    boolean stale = state.memory().stale();
    Optional<Instant> due = staleAt(state);
    if (due.isPresent() && !due.get().isAfter(now)) {
      stale = true;
      String reason = state.failure().map(SourceState.Failure::reason).orElse("");
      events.add(
          event(
              state,
              EventKind.SOURCE_STALE,
              "could not look for %s: %s"
                  .formatted(Durations.format(Deadlines.STALE_AFTER), reason),
              now));
    }
    if (holds(state) && pools.values().stream().noneMatch(PoolSetFold::isHeld)) {
      events.add(event(state, EventKind.GUARD_RELEASED, "holds no pool any more", now));
    }
    return new Result(
        new PoolSetState(
            state.source(),
            pools,
            state.report(),
            state.failure(),
            new Memory(state.memory().losses(), stale)),
        events);
  }

  /**
   * The pools whose time to linger is over; none while the source has not looked in this run, or
   * cannot.
   */
  public static SortedSet<String> lingered(PoolSetState state, Policy policy, Instant now) {
    SortedSet<String> over = new TreeSet<>();
    if (!looks(state)) {
      return over;
    }
    state
        .pools()
        .forEach((key, known) -> {
          if (known.naming() instanceof Naming.Gone gone
              && !gone.since().plus(policy.linger()).isAfter(now)) {
            over.add(key);
          }
        });
    return over;
  }

  /** Has the pools that are gone since a moment linger from now on. */
  public static PoolSetState lingerAnew(PoolSetState state, Instant since, Instant now) {
    SortedMap<String, Known> pools = new TreeMap<>(state.pools());
    pools.replaceAll((key, known) ->
        known.naming().equals(new Naming.Gone(since))
            ? new Known(known.found(), new Naming.Gone(now))
            : known);
    return new PoolSetState(state.source(), pools, state.report(), state.failure(), state.memory());
  }

  /** Drops pools. */
  public static PoolSetState drop(PoolSetState state, Collection<String> keys) {
    SortedMap<String, Known> pools = new TreeMap<>(state.pools());
    pools.keySet().removeAll(keys);
    return new PoolSetState(state.source(), pools, state.report(), state.failure(), state.memory());
  }

  /** When time alone will change something; absent when it will not. */
  public static Optional<Instant> nextDue(PoolSetState state, Policy policy) {
    List<Instant> dues = new ArrayList<>();
    for (Known known : state.pools().values()) {
      switch (known.naming()) {
        case Naming.Named ignored -> {}
        case Naming.Held held -> dues.add(held.until());
        case Naming.Gone gone when looks(state) -> dues.add(gone.since().plus(policy.linger()));
        case Naming.Gone ignored -> {}
      }
    }
    staleAt(state).ifPresent(dues::add);
    return dues.stream().min(Instant::compareTo);
  }

  private static boolean looks(PoolSetState state) {
    return state.report().isPresent() && state.failure().isEmpty();
  }

  private static Optional<Instant> staleAt(PoolSetState state) {
    return state.memory().stale()
        ? Optional.empty()
        : state.failure().map(failure -> failure.since().plus(Deadlines.STALE_AFTER));
  }

  private static Result lost(PoolSetState state, String reason, Instant now) {
    List<Event> events = new ArrayList<>();
    if (state.failure().isEmpty()) {
      String kept =
          state.settled()
              ? "keeping its last %d pools".formatted(state.pools().size())
              : "nothing known from it yet";
      events.add(event(state, EventKind.SOURCE_LOST, reason + "; " + kept, now));
    }
    Instant since = state.failure().map(SourceState.Failure::since).orElse(now);
    return new Result(
        new PoolSetState(
            state.source(),
            state.pools(),
            state.report(),
            Optional.of(new SourceState.Failure(reason, since)),
            state.memory()),
        events);
  }

  static boolean holds(PoolSetState state) {
    return state.pools().values().stream().anyMatch(PoolSetFold::isHeld);
  }

  static boolean isHeld(Known known) {
    return known.naming() instanceof Naming.Held;
  }

  static Event event(PoolSetState state, EventKind kind, String message, Instant now) {
    return Event.of(now, kind, Event.Subject.of(state.source()), message);
  }
}

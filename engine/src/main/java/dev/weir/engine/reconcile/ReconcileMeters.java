package dev.weir.engine.reconcile;

import dev.weir.engine.run.Timings;
import dev.weir.model.MemberChange;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of what was done to one proxy since the start, for metrics. Safe for any thread. */
public final class ReconcileMeters {
  private static final int MOST_REASONS = 20;
  private static final String OTHER_REASON = "other";

  private final Map<Done, LongAdder> applies = new ConcurrentHashMap<>();
  private final Map<Outcome.Way, Timings> durations = new ConcurrentHashMap<>();
  private final Map<Outcome.Way, Timings> changeApplied = new ConcurrentHashMap<>();
  private final Map<Outcome.Way, Timings> changeServed = new ConcurrentHashMap<>();
  private final Map<String, LongAdder> reloads = new ConcurrentHashMap<>();
  private final Map<Drift, LongAdder> drifts = new ConcurrentHashMap<>();
  private final Map<DrainEnd, Timings> drains = new ConcurrentHashMap<>();
  private final Map<Rollback, LongAdder> rollbacks = new ConcurrentHashMap<>();
  private final Map<ReloadThrottle.Cause, LongAdder> reloadsPutOff = new ConcurrentHashMap<>();

  /** How a plan ended. */
  public enum Result {
    APPLIED,
    REJECTED,
    FAILED;

    static Result of(Outcome outcome) {
      return switch (outcome) {
        case Outcome.Applied ignored -> APPLIED;
        case Outcome.Rejected ignored -> REJECTED;
        case Outcome.Failed ignored -> FAILED;
      };
    }
  }

  /** How a drain ended. */
  public enum DrainEnd {
    EMPTY,
    DEADLINE,
    /** The server was wanted again, or is not seen any more. */
    CANCELLED
  }

  /** What of a proxy was found changed behind our back. */
  public enum Drift {
    /** A member's state or weight. */
    STATE,
    /** A member too many or too few. */
    MEMBER,
    /** A file. */
    FILE
  }

  /** Why what was in force before came back. */
  public enum Rollback {
    /** The proxy's own check refused the new files. */
    REJECTED,
    /** The proxy did not confirm a reload. */
    NOT_CONFIRMED,
    /** Somebody brought an earlier revision back. */
    OPERATOR
  }

  private record Done(Outcome.Way way, Result result) {}

  /** How many plans of this way ended like this. */
  public long applies(Outcome.Way way, Result result) {
    return sum(applies, new Done(way, result));
  }

  /** How long applying took, read-back included. */
  public Timings durations(Outcome.Way way) {
    return durations.computeIfAbsent(way, ignored -> new Timings());
  }

  /** How long after a change was put before the loop it was read back from the proxy. */
  public Timings changeApplied(Outcome.Way way) {
    return changeApplied.computeIfAbsent(way, ignored -> new Timings());
  }

  /**
   * How long after a change was put before the loop the proxy had counted a first request on a
   * member that came with it; of some changes only.
   */
  public Timings changeServed(Outcome.Way way) {
    return changeServed.computeIfAbsent(way, ignored -> new Timings());
  }

  /** Reloads by their first reason; at most twenty reasons are told apart. */
  public SortedMap<String, Long> reloads() {
    SortedMap<String, Long> all = new TreeMap<>();
    reloads.forEach((reason, count) -> all.put(reason, count.sum()));
    return Collections.unmodifiableSortedMap(all);
  }

  /** How many reloads had to wait, by what for: {@code distance}, {@code budget}. */
  public SortedMap<String, Long> reloadsPutOff() {
    SortedMap<String, Long> all = new TreeMap<>();
    for (ReloadThrottle.Cause cause : ReloadThrottle.Cause.values()) {
      all.put(cause.word(), sum(reloadsPutOff, cause));
    }
    return Collections.unmodifiableSortedMap(all);
  }

  /** How long drains took that ended so. */
  public Timings drains(DrainEnd end) {
    return drains.computeIfAbsent(end, ignored -> new Timings());
  }

  /** How often this was found changed. */
  public long drifts(Drift kind) {
    return sum(drifts, kind);
  }

  /** How often what was in force before came back for this reason. */
  public long rollbacks(Rollback cause) {
    return sum(rollbacks, cause);
  }

  void rolledBack(Rollback cause) {
    rollbacks.computeIfAbsent(cause, ignored -> new LongAdder()).increment();
  }

  void applied(Plan plan, Outcome outcome, Duration took) {
    Outcome.Way way = way(plan, outcome);
    applies.computeIfAbsent(new Done(way, Result.of(outcome)), k -> new LongAdder()).increment();
    durations(way).add(took);
    if (plan instanceof Plan.Reload reload) {
      String reason = reload.reasons().getFirst();
      boolean fits = reloads.containsKey(reason) || reloads.size() < MOST_REASONS;
      reloads.computeIfAbsent(fits ? reason : OTHER_REASON, k -> new LongAdder()).increment();
      rollback(outcome).ifPresent(this::rolledBack);
    }
  }

  void putOff(ReloadThrottle.Cause cause) {
    reloadsPutOff.computeIfAbsent(cause, ignored -> new LongAdder()).increment();
  }

  Drift drifted(Plan plan) {
    Drift kind = drift(plan.changes());
    drifts.computeIfAbsent(kind, ignored -> new LongAdder()).increment();
    return kind;
  }

  private static Optional<Rollback> rollback(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Applied ignored -> Optional.empty();
      case Outcome.Rejected ignored -> Optional.of(Rollback.REJECTED);
      case Outcome.Failed failed ->
          failed.step().equals("reload") ? Optional.of(Rollback.NOT_CONFIRMED) : Optional.empty();
    };
  }

  private static Drift drift(List<MemberChange> changes) {
    if (changes.isEmpty()) {
      return Drift.FILE;
    }
    return changes.stream().allMatch(c -> !c.before().isEmpty() && !c.after().isEmpty())
        ? Drift.STATE
        : Drift.MEMBER;
  }

  private static Outcome.Way way(Plan plan, Outcome outcome) {
    if (outcome instanceof Outcome.Applied applied) {
      return applied.way();
    }
    return plan instanceof Plan.Reload ? Outcome.Way.RELOAD : Outcome.Way.LIVE;
  }

  private static <K> long sum(Map<K, LongAdder> counters, K key) {
    LongAdder counter = counters.get(key);
    return counter == null ? 0 : counter.sum();
  }
}

package dev.weir.engine.catalog;

import dev.weir.engine.catalog.PoolSetState.Known;
import dev.weir.engine.catalog.PoolSetState.Memory;
import dev.weir.engine.catalog.PoolSetState.Naming;
import dev.weir.engine.catalog.PoolSetState.Policy;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.FoundPool;
import dev.weir.model.PoolPolicy;
import dev.weir.model.PoolsReport;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** One complete report of what finds the pools of a set, being taken. Lives for one fold. */
final class PoolSetNews {
  private final PoolSetState before;
  private final Policy policy;
  private final Instant now;
  private final SortedMap<String, Known> pools;
  private final List<Instant> losses;
  private final List<Event> events = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();

  PoolSetNews(PoolSetState before, Policy policy, Instant now) {
    this.before = before;
    this.policy = policy;
    this.now = now;
    this.pools = new TreeMap<>(before.pools());
    Instant windowStart = now.minus(policy.guard().window());
    this.losses =
        new ArrayList<>(
            before.memory().losses().stream().filter(at -> at.isAfter(windowStart)).toList());
  }

  PoolSetFold.Result take(PoolsReport.Complete report) {
    before
        .failure()
        .ifPresent(failure -> {
          Duration away = Duration.between(failure.since(), now).truncatedTo(ChronoUnit.SECONDS);
          tell(EventKind.SOURCE_BACK, "back after %s".formatted(Durations.format(away)));
        });
    int named = named();
    int came = name(report.pools());
    missing(report.pools(), named, came);
    if (PoolSetFold.holds(before) && pools.values().stream().noneMatch(PoolSetFold::isHeld)) {
      tell(EventKind.GUARD_RELEASED, "holds no pool any more");
    }
    remarks.addAll(report.remarks());
    return new PoolSetFold.Result(
        new PoolSetState(
            before.source(),
            pools,
            Optional.of(new PoolSetState.Report(now, remarks)),
            Optional.empty(),
            new Memory(losses, false)),
        events);
  }

  private int named() {
    return (int) pools.values().stream().filter(k -> k.naming() instanceof Naming.Named).count();
  }

  /** Takes those that are named; returns how many came, or came back. */
  private int name(List<FoundPool> found) {
    int came = 0;
    int refused = 0;
    for (FoundPool pool : found) {
      Known known = pools.get(pool.key());
      if (known == null && pools.size() >= policy.limit()) {
        refused++;
      } else {
        came += known == null || known.naming() instanceof Naming.Gone ? 1 : 0;
        pools.put(pool.key(), new Known(pool, new Naming.Named()));
      }
    }
    if (refused > 0) {
      remarks.add(
          "%d more pools than limit: %d allows are left out".formatted(refused, policy.limit()));
    }
    return came;
  }

  /** The guard's word about those that are not named any more. */
  private void missing(List<FoundPool> found, int named, int came) {
    SortedSet<String> missing = new TreeSet<>();
    pools.forEach((key, known) -> {
      if (known.naming() instanceof Naming.Named) {
        missing.add(key);
      }
    });
    found.forEach(pool -> missing.remove(pool.key()));
    Guard.Loss loss = new Guard.Loss(named, missing.size(), came, losses.size());
    Optional<String> forbidden =
        Guard.shareForbids(PoolPolicy.DEFAULT.withGuard(policy.guard()), loss);
    if (missing.isEmpty()) {
      for (int i = 0; i < came && !losses.isEmpty(); i++) {
        losses.removeFirst();
      }
    } else if (forbidden.isPresent()) {
      String reason = forbidden.get().replace("ready members", "pools");
      Naming held = new Naming.Held(reason, now, now.plus(policy.guard().maxHold()));
      missing.forEach(key -> pools.computeIfPresent(key, (k, was) -> new Known(was.found(), held)));
      tell(EventKind.GUARD_HELD, "holds %d pools: going %s".formatted(missing.size(), reason));
    } else {
      Naming gone = new Naming.Gone(now);
      missing.forEach(key -> pools.computeIfPresent(key, (k, was) -> new Known(was.found(), gone)));
      for (int i = 0; i < loss.net(); i++) {
        losses.add(now);
      }
    }
  }

  private void tell(EventKind kind, String message) {
    events.add(PoolSetFold.event(before, kind, message, now));
  }
}

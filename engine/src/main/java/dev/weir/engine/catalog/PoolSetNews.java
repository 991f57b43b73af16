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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One complete report of what finds the pools of a set, being taken. Lives for one fold. */
final class PoolSetNews {

  /** So many times the limit is the end of it, however many linger. */
  private static final int LINGERING_TOO = 2;

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
    int believed = believed();
    int came = name(report.pools());
    missing(report.pools(), believed, came);
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

  /** How many there are that are named, or held. */
  private int believed() {
    return (int) pools.values().stream().filter(k -> !(k.naming() instanceof Naming.Gone)).count();
  }

  /** How many count for the limit before any comes: those that are named still, or held. */
  private int counted(List<FoundPool> found) {
    Set<String> keys = found.stream().map(FoundPool::key).collect(Collectors.toSet());
    return (int)
        pools.entrySet().stream()
            .filter(one -> keys.contains(one.getKey()) || PoolSetFold.isHeld(one.getValue()))
            .count();
  }

  /** Takes those that are named; returns how many came, or came back. */
  private int name(List<FoundPool> found) {
    int came = 0;
    int refused = 0;
    int room = policy.limit() - counted(found);
    int roomForAll = LINGERING_TOO * policy.limit() - pools.size();
    for (FoundPool pool : found) {
      Known known = pools.get(pool.key());
      if (known == null && Math.min(room, roomForAll) <= 0) {
        refused++;
      } else {
        room -= known == null ? 1 : 0;
        roomForAll -= known == null ? 1 : 0;
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

  /** The guard's word about those that are not named any more; those that are held stay held. */
  private void missing(List<FoundPool> found, int believed, int came) {
    SortedSet<String> missing = new TreeSet<>();
    int held = 0;
    for (Map.Entry<String, Known> known : pools.entrySet()) {
      switch (known.getValue().naming()) {
        case Naming.Named ignored -> missing.add(known.getKey());
        case Naming.Held ignored -> held++;
        case Naming.Gone ignored -> {}
      }
    }
    found.forEach(pool -> missing.remove(pool.key()));
    int lacks = missing.size() + held;
    Guard.Loss loss = new Guard.Loss(believed, lacks, came, losses.size());
    Optional<String> forbidden =
        Guard.shareForbids(PoolPolicy.DEFAULT.withGuard(policy.guard()), loss);
    if (missing.isEmpty()) {
      for (int i = 0; i < came && !losses.isEmpty(); i++) {
        losses.removeFirst();
      }
    } else if (forbidden.isPresent()) {
      String reason = forbidden.get().replace("ready members", "pools");
      become(missing, new Naming.Held(reason, now, now.plus(policy.guard().maxHold())));
      tell(EventKind.GUARD_HELD, "holds %d pools: going %s".formatted(lacks, reason));
    } else {
      become(missing, new Naming.Gone(now));
      for (int i = 0; i < Math.min(loss.net(), missing.size()); i++) {
        losses.add(now);
      }
    }
  }

  private void become(SortedSet<String> keys, Naming naming) {
    keys.forEach(key -> pools.computeIfPresent(key, (k, was) -> new Known(was.found(), naming)));
  }

  private void tell(EventKind kind, String message) {
    events.add(PoolSetFold.event(before, kind, message, now));
  }
}

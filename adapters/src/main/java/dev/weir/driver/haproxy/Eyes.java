package dev.weir.driver.haproxy;

import dev.weir.driver.haproxy.ConfigText.Parsed;
import dev.weir.driver.haproxy.ConfigText.Section;
import dev.weir.driver.haproxy.Farewells.Seen;
import dev.weir.driver.haproxy.Planner.Calm;
import dev.weir.driver.haproxy.Talk.Look;
import dev.weir.driver.haproxy.Talk.NobodyThere;
import dev.weir.model.Fingerprint;
import dev.weir.model.Observed;
import dev.weir.model.Observed.Condition;
import dev.weir.model.Observed.ObservedFile;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Looks at HAProxy and at Weir's file, and remembers which worker was seen. Used by one thread. */
final class Eyes {

  private static final Duration BETWEEN_WORKERS = Duration.ofMillis(5);
  private static final int LOOKS = 10;

  /** A master may need long for its certificates; who waits longer is told what there is. */
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(10);

  /** After so long without a change, slots that nobody needs go. */
  private static final Duration LONG_CALM = Duration.ofMinutes(10);

  private final Parts parts;
  private long changedNanos;
  private Set<Long> seenWorkers = Set.of();
  private List<String> missing = List.of();

  Eyes(Parts parts) {
    this.parts = parts;
    this.changedNanos = parts.time().nanos();
  }

  Observed observe(Set<PoolId> pools) throws InterruptedException {
    seenWorkers = Set.of();
    missing = List.of();
    parts.frozen().thawWhenChanged(parts.userFiles().stamp());
    List<ObservedFile> files = new ArrayList<>(parts.files().look());
    parts.planner().know(files, parts.userFiles().defaults());
    parts.planner().calm(calm());
    files.addAll(parts.planner().sources());
    try {
      Look look = settled(names(pools));
      seenWorkers = look.pids();
      parts.planner().startsBy(Optional.empty()); // whoever ends it now may have meant it
      missing = List.copyOf(look.missing().values());
      Parsed file = parts.planner().parsed(files);
      Optional<Fingerprint> loaded = loaded(look, file);
      if (parts.layout().unloaded(file, loaded).isEmpty()) {
        note(pools, file, look);
      }
      return new Observed(
          new Condition.Running(look.workers().firstEntry().getValue().version()),
          observed(pools, file, look),
          files,
          loaded);
    } catch (NobodyThere e) {
      return new Observed(nobody(e), Map.of(), files, Optional.empty());
    } catch (IOException e) {
      Condition silent = new Condition.Unreachable(String.valueOf(e.getMessage()));
      return new Observed(silent, Map.of(), files, Optional.empty());
    }
  }

  /** What all processes have loaded; what one that has loaded something else has. */
  private static Optional<Fingerprint> loaded(Look look, Parsed file) {
    List<Optional<Fingerprint>> all = look.workers().values().stream().map(Worker::epoch).toList();
    return all.stream()
        .filter(epoch -> !epoch.equals(file.epoch()))
        .findFirst()
        .orElse(all.getFirst());
  }

  /** The sockets at which nobody was at the last look while others were there, for people. */
  List<String> missing() {
    return missing;
  }

  /** A reload has led to these workers. */
  void saw(Look look) throws IOException {
    parts.known().met(look);
    seenWorkers = look.pids();
  }

  /** The workers that were last observed; absent where none was. */
  Optional<String> process() {
    return seenWorkers.isEmpty()
        ? Optional.empty()
        : Optional.of(new TreeSet<>(seenWorkers).toString());
  }

  /** Something was changed just now. */
  void changed() {
    changedNanos = parts.time().nanos();
  }

  private Calm calm() {
    return parts.time().nanos() - changedNanos > LONG_CALM.toNanos()
        ? Calm.LONG_CALM
        : Calm.CHANGING;
  }

  private Map<PoolId, ObservedPool> observed(Set<PoolId> pools, Parsed file, Look look) {
    Map<PoolId, ObservedPool> seen = new HashMap<>();
    for (Backend backend : parts.backends()) {
      if (pools.contains(backend.pool())) {
        seen.put(backend.pool(), parts.readBack().observed(backend, file, look));
      }
    }
    return seen;
  }

  /**
   * A worker that is being replaced may answer once more; the next connection goes to the new. One
   * whose master is loading is about to go, with all that only it has: the one that comes is waited
   * for.
   *
   * @throws IOException also when one that answered before lives and does not
   */
  Look settled(List<String> backends) throws IOException, InterruptedException {
    Look look = parts.talk().look(backends);
    long start = parts.time().nanos();
    while (isLoading(look) && parts.time().nanos() - start < LONGEST_LOAD.toNanos()) {
      parts.time().sleep(BETWEEN_WORKERS);
      look = parts.talk().look(backends);
    }
    for (int i = 1; i < LOOKS && look.stopping().isPresent(); i++) {
      parts.time().sleep(BETWEEN_WORKERS);
      look = parts.talk().look(backends);
    }
    if (look.stopping().isPresent()) {
      throw new IOException("HAProxy %d is stopping".formatted(look.stopping().get().pid()));
    }
    parts.known().met(look);
    return look;
  }

  private boolean isLoading(Look look) {
    return look.pids().stream().anyMatch(parts.master()::isLoading);
  }

  private Condition nobody(NobodyThere e) {
    OptionalLong pid = parts.known().running();
    return pid.isPresent()
        ? new Condition.Unreachable(
            KnownProcesses.runsWithoutSocket(pid.getAsLong(), String.valueOf(e.getMessage())))
        : new Condition.NotRunning(
            "%s, and %s names no HAProxy".formatted(e.getMessage(), parts.options().pid()));
  }

  /** Whether these are the workers that were last observed, and still in charge. */
  boolean isObserved(Look look) {
    return look.stopping().isEmpty() && seenWorkers.equals(look.pids());
  }

  /**
   * Whether, asked over new connections, the workers that were last observed still answer, and no
   * reload is under way that will replace one.
   */
  boolean sameWorkerStill() throws IOException, InterruptedException {
    Look look = parts.talk().look(List.of());
    return isObserved(look) && !isLoading(look);
  }

  /**
   * Servers in maintenance that the file does not have are to be deleted, and those that drain are
   * to be followed.
   */
  void note(Set<PoolId> pools, Parsed file, Look look) throws IOException, InterruptedException {
    Map<String, Integer> counts = counts(pools, file);
    for (Backend backend : parts.backends()) {
      if (pools.contains(backend.pool())) {
        parts.leftovers().seen(backend.as(), ReadBack.unwantedInMaintenance(backend, file, look));
        Section section = file.sections().get(backend.as());
        if (section != null) {
          Seen seen = new Seen(look.of(backend.as()), counts, look.pids());
          parts.farewells().seen(backend, section, seen);
          parts.planner().busy(backend.as(), parts.farewells().busySlots(backend));
        }
      }
    }
  }

  /** A slot that is free must also be empty before it is given away. */
  private Map<String, Integer> counts(Set<PoolId> pools, Parsed file)
      throws IOException, InterruptedException {
    List<String> slotted =
        parts.backends().stream()
            .filter(backend -> pools.contains(backend.pool()))
            .filter(backend -> file.sections().containsKey(backend.as()))
            .filter(backend -> parts.planner().rung(backend) instanceof Rung.Slotted)
            .map(Backend::as)
            .toList();
    if (slotted.isEmpty()) {
      return Map.of();
    }
    try (Chorus sockets = parts.talk().open()) {
      return parts.talk().counts(sockets, slotted);
    }
  }

  /** The backends of these pools. */
  List<String> names(Set<PoolId> pools) {
    return parts.backends().stream()
        .filter(backend -> pools.contains(backend.pool()))
        .map(Backend::as)
        .toList();
  }
}

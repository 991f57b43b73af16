package dev.weir.engine.reconcile;

import dev.weir.model.Inputs;
import dev.weir.model.Observed;
import dev.weir.model.PoolId;
import dev.weir.spi.Durations;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keeps the hands off a proxy while too little is known: until the first checks are in, and while a
 * required source of a pool has never been heard of and the proxy serves members of that pool. A
 * pool that the proxy serves nobody of is waited for a few seconds only, so that one dead source
 * does not stop the care for all other pools; a proxy that does not run and has no files of Weir's
 * serves nobody.
 */
final class Gate {
  /** How long after the start a pool without served members is waited for. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Set<PoolId> served = new HashSet<>();
  private boolean opened;

  /**
   * Takes note of what the proxy serves before it is touched for the first time.
   *
   * @param pools those that it is to carry
   */
  void look(List<PoolId> pools, Observed observed) {
    served.clear();
    switch (observed.condition()) {
      case Observed.Condition.Running ignored ->
          observed.pools().values().stream()
              .filter(pool -> !pool.members().isEmpty())
              .forEach(pool -> served.add(pool.id()));
      case Observed.Condition.NotRunning ignored -> {
        if (observed.files().stream().anyMatch(file -> file.text().isPresent())) {
          served.addAll(pools);
        }
      }
      case Observed.Condition.Unreachable ignored -> served.addAll(pools);
    }
  }

  /**
   * What is still waited for, for people; absent when the proxy may be touched.
   *
   * @param pools those that the proxy is to carry
   * @param running since when this loop runs
   */
  Optional<String> waitsFor(List<PoolId> pools, Inputs inputs, Duration running) {
    if (opened) {
      return Optional.empty();
    }
    List<PoolId> unsettled = pools.stream().filter(pool -> !inputs.settled(pool)).toList();
    List<PoolId> blocking =
        running.compareTo(PATIENCE) < 0
            ? unsettled
            : unsettled.stream().filter(served::contains).toList();
    if (!blocking.isEmpty()) {
      return Optional.of(
          "waits for the first report of the sources of "
              + blocking.stream().map(PoolId::value).collect(Collectors.joining(", ")));
    }
    if (!inputs.started()) {
      return Optional.of(
          "waits for the first checks, %s at most".formatted(Durations.format(PATIENCE)));
    }
    opened = unsettled.isEmpty();
    return Optional.empty();
  }
}

package dev.weir.engine.simulation;

import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.resolve.Resolver;
import dev.weir.model.Because;
import dev.weir.model.CatalogMember;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.Presence;
import dev.weir.model.ServerState;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What holds after every step, whatever the world does. */
final class Invariants {
  private final Map<Endpoint, ServerState> everywhere;
  private final List<SimulatedSource> sources;
  private Map<PoolId, Set<MemberId>> readyBefore = new HashMap<>();
  private Inputs inputsBefore = Inputs.NONE;
  private final Set<PoolId> released = new HashSet<>();

  /**
   * @param everywhere all endpoints there can be: judged as if proxies had served them all
   */
  Invariants(Set<Endpoint> everywhere, List<SimulatedSource> sources) {
    this.everywhere =
        everywhere.stream().collect(Collectors.toMap(it -> it, it -> ServerState.READY));
    this.sources = sources;
  }

  /** A new Weir knows nothing of what was ready. */
  void forget() {
    readyBefore = new HashMap<>();
    inputsBefore = Inputs.NONE;
  }

  /** An operator has just accepted what the guard holds back. */
  void released(PoolId pool) {
    released.add(pool);
  }

  void afterKeeper(Inputs inputs, Instant now) {
    if (inputs.generation() == inputsBefore.generation()) {
      return;
    }
    if (inputs.generation() < inputsBefore.generation()) {
      throw new AssertionError(
          "generation %d follows %d".formatted(inputs.generation(), inputsBefore.generation()));
    }
    Map<PoolId, Set<MemberId>> readyNow = new HashMap<>();
    inputs
        .pools()
        .forEach((id, pool) -> {
          DesiredPool desired = Resolver.resolve(pool, everywhere);
          floorHolds(pool, desired);
          Set<MemberId> ready = ready(desired);
          Set<MemberId> lost = new HashSet<>(readyBefore.getOrDefault(id, Set.of()));
          lost.removeAll(ready);
          takenForAReason(pool, lost);
          lost.removeIf(member -> holdIsOver(member, now));
          floorOutlastsDepartures(inputs, pool, lost, ready);
          readyNow.put(id, ready);
        });
    readyBefore = readyNow;
    released.clear();
    inputsBefore = inputs;
  }

  /** Below the floor nobody is out because of a check that merely fails softly. */
  private static void floorHolds(PoolInputs pool, DesiredPool desired) {
    long ready = desired.members().stream().filter(m -> m.state() == ServerState.READY).count();
    if (ready >= pool.policy().floor()) {
      return;
    }
    List<MemberId> softlyOut =
        desired.members().stream()
            .filter(m -> m.state() != ServerState.READY)
            .filter(m -> m.because().cause() == Because.Cause.CHECK_FAILED)
            .map(DesiredMember::id)
            .filter(id -> pool.healthOf(id) instanceof Health.Down down && !down.refused())
            .toList();
    if (!softlyOut.isEmpty()) {
      throw new AssertionError(
          "pool %s has %d ready, floor %d, but softly out are %s"
              .formatted(pool.id(), ready, pool.policy().floor(), softlyOut));
    }
  }

  /** Who departed was not named by any source when it last could look. */
  private void takenForAReason(PoolInputs pool, Set<MemberId> lost) {
    Set<MemberId> departed =
        lost.stream().filter(id -> departed(pool, id)).collect(Collectors.toSet());
    for (MemberId id : departed) {
      List<SimulatedSource> naming =
          sources.stream().filter(s -> s.pool.equals(id.pool()) && s.lastNamed(id)).toList();
      if (!naming.isEmpty()) {
        throw new AssertionError(
            "%s departed, though %s named it when it last could look"
                .formatted(id, naming.getFirst().name));
      }
    }
  }

  /**
   * Missing from a report alone never takes the last members; who came to relieve them counts only
   * for them.
   */
  private void floorOutlastsDepartures(
      Inputs inputs, PoolInputs pool, Set<MemberId> lost, Set<MemberId> ready) {
    boolean onlySoftDepartures =
        !lost.isEmpty()
            && lost.stream().allMatch(id -> softlyDeparted(pool, id))
            && sameOverrides(inputs, pool.id())
            && !released.contains(pool.id());
    Set<MemberId> before = new HashSet<>(readyBefore.getOrDefault(pool.id(), Set.of()));
    lost.forEach(id -> before.removeAll(relief(id)));
    int least = Math.min(pool.policy().floor(), before.size());
    if (onlySoftDepartures && ready.size() < least) {
      throw new AssertionError(
          "pool %s lost %s by soft evidence and has %d ready, floor %d; before:%n%s%nnow:%n%s"
              .formatted(
                  pool.id(),
                  lost,
                  ready.size(),
                  pool.policy().floor(),
                  describe(inputsBefore.pools().get(pool.id())),
                  describe(pool)));
    }
  }

  /** Those for whom a member waited before it left. */
  private Set<MemberId> relief(MemberId id) {
    return Optional.ofNullable(inputsBefore.pools().get(id.pool()))
        .flatMap(pool -> pool.pool().find(id))
        .map(member -> member.presence() instanceof Presence.Outgoing out ? out.relief() : null)
        .orElse(Set.of());
  }

  private static String describe(@Nullable PoolInputs pool) {
    return pool == null
        ? "nothing"
        : pool.pool().members().stream()
            .map(m ->
                "  %s %s %s %s"
                    .formatted(m.id(), m.presence(), m.standing(), pool.healthOf(m.id())))
            .collect(Collectors.joining("\n", pool.policy() + "\n", "\n  " + pool.overrides()));
  }

  private boolean holdIsOver(MemberId id, Instant now) {
    return Optional.ofNullable(inputsBefore.pools().get(id.pool()))
        .flatMap(pool -> pool.pool().find(id))
        .filter(m ->
            m.presence() instanceof Presence.Held held
                && held.until().filter(until -> !until.isAfter(now)).isPresent())
        .isPresent();
  }

  private boolean sameOverrides(Inputs inputs, PoolId id) {
    return overrides(inputs, id).equals(overrides(inputsBefore, id));
  }

  private static Object overrides(Inputs inputs, PoolId id) {
    PoolInputs pool = inputs.pools().get(id);
    return pool == null ? List.of() : pool.overrides();
  }

  private static boolean departed(PoolInputs pool, MemberId id) {
    Optional<CatalogMember> member = pool.pool().find(id);
    return member.isEmpty() || member.get().presence() instanceof Presence.Leaving;
  }

  private static boolean softlyDeparted(PoolInputs pool, MemberId id) {
    return pool.pool()
        .find(id)
        .filter(m ->
            m.presence() instanceof Presence.Leaving leaving
                && leaving.strength() == Presence.Evidence.SOFT)
        .isPresent();
  }

  /** Those that serve by their own right; whom an empty pool falls back on is gone already. */
  private static Set<MemberId> ready(DesiredPool desired) {
    return desired.members().stream()
        .filter(m -> m.state() == ServerState.READY)
        .filter(m -> m.because().cause() != Because.Cause.LAST_MEMBERS)
        .map(DesiredMember::id)
        .collect(Collectors.toSet());
  }

  // ---- proxies

  /** What a proxy serves, before its reconciler does something. */
  static Map<PoolId, Set<String>> serving(SimulatedProxy proxy) {
    Map<PoolId, Set<String>> serving = new TreeMap<>();
    proxy.pools.forEach(pool -> serving.put(pool, proxy.serving(pool)));
    return serving;
  }

  static void afterReconciler(SimulatedProxy proxy, Map<PoolId, Set<String>> before) {
    ProxyStatus status = proxy.reconciler().status();
    for (PoolId pool : proxy.pools) {
      Set<String> now = proxy.serving(pool);
      boolean emptied =
          proxy.process.isRunning()
              && now.isEmpty()
              && !before.getOrDefault(pool, Set.of()).isEmpty();
      boolean wanted =
          status
              .desired()
              .flatMap(state -> state.pool(pool))
              .map(DesiredPool::withoutReadyMember)
              .orElse(true);
      if (emptied && !wanted && !proxy.tampered()) {
        throw new AssertionError(
            "%s was emptied of %s, though some shall be ready".formatted(proxy.name, pool));
      }
    }
    if (status.inSync() && !proxy.tampered()) {
      runsWhatItShall(proxy, status);
    }
  }

  /** In step means: the process itself runs it, now. */
  static void runsWhatItShall(SimulatedProxy proxy, ProxyStatus status) {
    if (!proxy.process.isRunning() || status.desired().isEmpty()) {
      return;
    }
    for (DesiredPool pool : status.desired().get().pools()) {
      Map<String, ServerState> wanted = new TreeMap<>();
      pool.members().forEach(m -> wanted.put(m.name(), m.state()));
      Map<String, ServerState> running = proxy.process.states(pool.id());
      if (!running.equals(wanted)) {
        throw new AssertionError(
            "%s is said to be in step, runs %s of %s, and shall run %s"
                .formatted(proxy.name, running, pool.id(), wanted));
      }
    }
  }
}

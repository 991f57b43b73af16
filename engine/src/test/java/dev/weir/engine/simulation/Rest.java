package dev.weir.engine.simulation;

import dev.weir.engine.health.ScriptedProbe;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolInputs;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.model.ServerState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What must be true when the world has been quiet for long enough. */
final class Rest {
  private final Scenery scenery;
  private final Inputs inputs;
  private final ScriptedProbe network;

  Rest(Scenery scenery, Inputs inputs, ScriptedProbe network) {
    this.scenery = scenery;
    this.inputs = inputs;
    this.network = network;
  }

  void check() {
    scenery.proxies().forEach(this::inStep);
    scenery.pools().forEach(this::rightMembers);
  }

  /** What is applied is what follows from the newest inputs, resolved from scratch. */
  private void inStep(SimulatedProxy proxy) {
    ProxyStatus status = proxy.reconciler().status();
    if (!status.inSync()) {
      throw new AssertionError("%s is not in step: %s".formatted(proxy.name, status.sync()));
    }
    if (status.progress().generation() != inputs.generation()) {
      throw new AssertionError(
          "%s has confirmed generation %d of %d"
              .formatted(proxy.name, status.progress().generation(), inputs.generation()));
    }
    DesiredState wanted = proxy.wanted(inputs);
    if (!status
        .desired()
        .map(DesiredState::fingerprint)
        .equals(Optional.of(wanted.fingerprint()))) {
      throw new AssertionError(
          "%s runs %s, but the newest inputs say %s"
              .formatted(proxy.name, status.desired(), wanted));
    }
    Invariants.runsWhatItShall(proxy, status);
  }

  /** Told apart by the world itself, without a look at Weir's own reasons. */
  private void rightMembers(PoolDefinition pool) {
    PoolInputs known = inputs.pools().get(pool.id());
    if (known == null) {
      throw new AssertionError("pool %s is unknown".formatted(pool.id()));
    }
    boolean checked = pool.policy().check().isPresent();
    for (Endpoint endpoint : listed(pool)) {
      MemberId id = new MemberId(pool.id(), endpoint);
      boolean ordered =
          known.overrides().stream()
              .anyMatch(o ->
                  o.target()
                      .matches(
                          Member.of(id, known.pool().definition().sources().getFirst().name())));
      if (ordered) {
        continue;
      }
      Kind answer = network.answer(endpoint);
      if (drains(id)) {
        continue;
      }
      if (!checked || answer == Kind.OK) {
        expect(id, true);
      } else if (answer == Kind.REFUSED && !keeps(pool)) {
        expect(id, false);
      }
    }
  }

  private boolean drains(MemberId id) {
    return scenery.sources().stream()
        .anyMatch(
            source -> source.pool.equals(id.pool()) && source.drains((Endpoint) id.address()));
  }

  private static boolean keeps(PoolDefinition pool) {
    return pool.policy().empty() instanceof EmptyPolicy.Keep;
  }

  private Set<Endpoint> listed(PoolDefinition pool) {
    Set<Endpoint> listed = new TreeSet<>();
    scenery.sources().stream()
        .filter(source -> source.pool.equals(pool.id()))
        .forEach(source -> listed.addAll(source.listed()));
    return listed;
  }

  private void expect(MemberId id, boolean ready) {
    for (SimulatedProxy proxy : scenery.proxies()) {
      if (!proxy.pools.contains(id.pool())) {
        continue;
      }
      Optional<ServerState> state =
          proxy
              .reconciler()
              .status()
              .desired()
              .flatMap(it -> it.pool(id.pool()))
              .map(DesiredPool::members)
              .stream()
              .flatMap(List::stream)
              .filter(member -> member.id().equals(id))
              .map(DesiredMember::state)
              .findFirst();
      boolean is = state.equals(Optional.of(ServerState.READY));
      if (is != ready) {
        throw new AssertionError(
            "%s in %s is %s, and answers %s (expected: %s)"
                .formatted(
                    id,
                    proxy.name,
                    state,
                    network.answer((Endpoint) id.address()),
                    ready ? "ready" : "not ready"));
      }
    }
  }
}

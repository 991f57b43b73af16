package dev.weir.app.api;

import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Health;
import dev.weir.model.Inputs;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link SampleWeir} knows of pools and sources, and what was decided about them. Guarded by
 * its Weir.
 */
final class SamplePools {

  private Inputs inputs = new Inputs(1, true, Map.of(), Map.of());

  Inputs inputs() {
    return inputs;
  }

  /** What a real keeper knows takes the place of all. */
  void become(Inputs known) {
    inputs = known;
  }

  /** Adds or replaces a pool with its members' health; its sources have reported. */
  void pool(CatalogPool pool, Map<MemberId, Health> health) {
    Map<SourceName, SourceState> sources = new HashMap<>(inputs.sources());
    pool.definition()
        .sources()
        .forEach(binding -> sources.put(binding.name(), reported(binding.name(), pool)));
    List<OperatorOverride> overrides =
        Optional.ofNullable(inputs.pools().get(pool.id()))
            .map(PoolInputs::overrides)
            .orElse(List.of());
    put(new PoolInputs(pool, health, overrides, Map.of(), List.of()), sources);
  }

  private static SourceState reported(SourceName source, CatalogPool pool) {
    List<Member> members = pool.members().stream().map(CatalogMember::member).toList();
    return new SourceState(
        source,
        Optional.of(new SourceState.LastGood(members, Instant.now(), false)),
        Optional.empty());
  }

  /** Says how a source stands. */
  void source(SourceState state) {
    Map<SourceName, SourceState> sources = new HashMap<>(inputs.sources());
    sources.put(state.name(), state);
    inputs = new Inputs(inputs.generation() + 1, true, inputs.pools(), sources);
  }

  /** The overrides of a pool. */
  List<OperatorOverride> overrides(PoolId pool) {
    return of(pool).overrides();
  }

  /** Decides, in place of what was decided about the same before. */
  void set(OperatorOverride override) {
    for (PoolId id : concerned(override.target())) {
      List<OperatorOverride> overrides = without(id, override.target(), override.slot());
      overrides.add(override);
      change(id, overrides);
    }
  }

  /** Takes back what was decided. */
  void clear(Target target, OperatorOverride.Slot slot) {
    concerned(target).forEach(id -> change(id, without(id, target, slot)));
  }

  private List<PoolId> concerned(Target target) {
    return target.onlyPool().map(List::of).orElseGet(() -> List.copyOf(inputs.pools().keySet()));
  }

  private PoolInputs of(PoolId id) {
    return Optional.ofNullable(inputs.pools().get(id)).orElseThrow();
  }

  private List<OperatorOverride> without(PoolId id, Target target, OperatorOverride.Slot slot) {
    List<OperatorOverride> overrides = new ArrayList<>(of(id).overrides());
    overrides.removeIf(other -> other.target().equals(target) && other.slot() == slot);
    return overrides;
  }

  private void change(PoolId id, List<OperatorOverride> overrides) {
    PoolInputs old = of(id);
    put(
        new PoolInputs(old.pool(), old.health(), overrides, old.resolved(), old.lastReady()),
        inputs.sources());
  }

  private void put(PoolInputs pool, Map<SourceName, SourceState> sources) {
    Map<PoolId, PoolInputs> pools = new HashMap<>(inputs.pools());
    pools.put(pool.id(), pool);
    inputs = new Inputs(inputs.generation() + 1, true, pools, sources);
  }
}

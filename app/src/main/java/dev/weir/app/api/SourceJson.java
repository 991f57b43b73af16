package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Inputs;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Sources as JSON. */
final class SourceJson {

  private SourceJson() {}

  /**
   * A source of a pool.
   *
   * @param state what it said; unheard where it has said nothing
   */
  record Bound(PoolId pool, SourceBinding binding, SourceState state) {

    /** Whether it can look now and has looked. */
    boolean up() {
      return state.failure().isEmpty() && state.heard();
    }
  }

  /** All sources, sorted by name. */
  static List<Bound> all(Inputs inputs) {
    List<Bound> all = new ArrayList<>();
    for (PoolInputs pool : inputs.pools().values()) {
      for (SourceBinding binding : pool.pool().definition().sources()) {
        SourceState state =
            inputs.sources().getOrDefault(binding.name(), SourceState.unheard(binding.name()));
        all.add(new Bound(pool.id(), binding, state));
      }
    }
    all.sort(Comparator.comparing((Bound bound) -> bound.binding().name()));
    return List.copyOf(all);
  }

  static JsonObject of(Bound bound, Instant now) {
    Optional<SourceState.LastGood> good = bound.state().lastGood();
    return new JsonObject()
        .with("name", bound.binding().name())
        .with("pool", bound.pool())
        .with("required", bound.binding().required())
        .with("up", bound.up())
        .with("members", good.map(it -> it.members().size()))
        .with("last_report", good.map(SourceState.LastGood::at))
        .with("age_seconds", good.map(it -> Duration.between(it.at(), now)))
        .with("from_disk", good.map(SourceState.LastGood::fromDisk))
        .with("remarks", good.map(SourceState.LastGood::remarks).orElse(List.of()))
        .with("failure", bound.state().failure().map(f -> f.reason()))
        .with("failing_since", bound.state().failure().map(f -> f.since()));
  }
}

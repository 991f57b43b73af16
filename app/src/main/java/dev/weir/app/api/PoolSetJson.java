package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.catalog.PoolSetState;
import dev.weir.engine.catalog.PoolSetState.Naming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Pool sets as JSON. */
final class PoolSetJson {

  private PoolSetJson() {}

  /** A pool set by its name. */
  record Named(String name, PoolSetState state) {}

  static JsonObject of(Named set, Instant now) {
    PoolSetState state = set.state();
    return new JsonObject()
        .with("name", set.name())
        .with("source", state.source())
        .with("up", state.report().isPresent() && state.failure().isEmpty())
        .with("pools", count(state, Naming.Named.class))
        .with("held", count(state, Naming.Held.class))
        .with("lingering", count(state, Naming.Gone.class))
        .with("last_report", state.report().map(PoolSetState.Report::at))
        .with("age_seconds", state.report().map(it -> Duration.between(it.at(), now)))
        .with("remarks", state.report().map(PoolSetState.Report::remarks).orElse(List.of()))
        .with("failure", state.failure().map(f -> f.reason()))
        .with("failing_since", state.failure().map(f -> f.since()));
  }

  private static long count(PoolSetState state, Class<? extends Naming> naming) {
    return state.pools().values().stream()
        .filter(known -> naming.isInstance(known.naming()))
        .count();
  }
}

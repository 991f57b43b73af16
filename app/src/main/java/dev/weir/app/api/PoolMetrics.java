package dev.weir.app.api;

import dev.weir.model.EmptyPolicy;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolInputs;
import dev.weir.model.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The families about pools, their guards and what operators decided. */
final class PoolMetrics {

  private static final List<String> ACTIONS =
      List.of("add", "remove", "disable", "drain", "weight", "pin", "split");

  private final Family pools = Family.gauge("weir_pools", "Pools, by where they come from.");
  private final Family members =
      Family.gauge("weir_pool_members", "Members that proxies carry, by state.");
  private final Family byHealth =
      Family.gauge("weir_pool_members_by_health", "Members by what their checks conclude.");
  private final Family held =
      Family.gauge("weir_pool_members_held", "Members that the guard holds against discovery.");
  private final Family kept =
      Family.gauge("weir_pool_members_kept", "Members that are kept against their checks.");
  private final Family floor =
      Family.gauge("weir_pool_floor", "Members that soft evidence alone never takes below.");
  private final Family fallback =
      Family.gauge("weir_pool_fallback_active", "Whether only the fallback serves the pool.");
  private final Family guard =
      Family.gauge("weir_guard_active", "Whether the guard holds or keeps members.");
  private final Family trips =
      Family.counter("weir_guard_trips_total", "How often the guard began to hold or keep.");
  private final Family overrides =
      Family.gauge("weir_overrides", "What operators decided and still holds.");
  private final Family oldest =
      Family.gauge(
          "weir_override_oldest_timestamp_seconds",
          "When the oldest decision without an end was taken.");
  private final Family drains =
      Family.gauge("weir_drains_in_progress", "Members that are being drained.");

  private final View view;
  private final GuardTrips counted;

  PoolMetrics(View view, GuardTrips counted) {
    this.view = view;
    this.counted = counted;
  }

  List<Family> gather() {
    counted.catchUp(view.journal());
    long ofSets =
        view.inputs().pools().values().stream()
            .filter(pool -> pool.pool().definition().set().isPresent())
            .count();
    var _ =
        pools
            .set(view.inputs().pools().size() - (double) ofSets, "origin", "config")
            .set((double) ofSets, "origin", "set");
    for (PoolInputs pool : view.inputs().pools().values()) {
      add(Roster.of(view, pool));
    }
    return List.of(
        pools, members, byHealth, held, kept, floor, fallback, guard, trips, overrides, oldest,
        drains);
  }

  private void add(Roster roster) {
    String pool = roster.inputs().id().value();
    for (String state : List.of("ready", "drain", "maint")) {
      var _ =
          members.set(count(roster, e -> e.state().equals(state)), "pool", pool, "state", state);
    }
    for (String health : List.of("up", "down", "unknown")) {
      var _ =
          byHealth.set(
              count(roster, e -> MemberJson.word(e.knowledge().health()).equals(health)),
              "pool",
              pool,
              "health",
              health);
    }
    var _ = drains.set(count(roster, e -> e.state().equals("drain")), "pool", pool);
    var _ = floor.set(roster.inputs().policy().floor(), "pool", pool);
    var _ =
        fallback.set(
            roster.desired().empty() instanceof EmptyPolicy.Fallback
                && roster.desired().withoutReadyMember(),
            "pool",
            pool);
    guards(roster, pool);
    decisions(roster, pool);
  }

  private void guards(Roster roster, String pool) {
    long holds = PoolJson.count(roster, Presence.Held.class);
    long keeps = PoolJson.count(roster, Presence.Kept.class);
    var _ = held.set((double) holds, "pool", pool);
    var _ = kept.set((double) keeps, "pool", pool);
    var _ = guard.set(holds > 0, "pool", pool, "cause", "discovery");
    var _ = guard.set(keeps > 0, "pool", pool, "cause", "probe");
    for (GuardTrips.Cause cause : GuardTrips.Cause.values()) {
      var _ =
          trips.count(
              counted.of(roster.inputs().id(), cause), "pool", pool, "cause", cause.label());
    }
  }

  private void decisions(Roster roster, String pool) {
    List<OperatorOverride> all = roster.inputs().overrides();
    for (String action : ACTIONS) {
      long number = all.stream().filter(o -> OverrideJson.action(o).equals(action)).count();
      var _ = overrides.set((double) number, "pool", pool, "action", action);
    }
    Optional<Instant> first =
        all.stream()
            .map(OperatorOverride::attribution)
            .filter(by -> by.until().isEmpty())
            .map(OperatorOverride.Attribution::at)
            .min(Instant::compareTo);
    first.ifPresent(at -> oldest.set(at, "pool", pool));
  }

  private static double count(Roster roster, Predicate<Roster.Entry> what) {
    return PoolJson.count(roster, what);
  }
}

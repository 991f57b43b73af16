package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.Presence;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Pools as JSON. */
final class PoolJson {

  private PoolJson() {}

  static JsonObject of(View view, Roster roster) {
    PoolId id = roster.inputs().id();
    PoolPolicy policy = roster.inputs().policy();
    return new JsonObject()
        .with("name", id)
        .with("members", counts(Roster.Entry::state, roster, "ready", "drain", "maint", "absent"))
        .with(
            "health",
            counts(e -> MemberJson.word(e.knowledge().health()), roster, "up", "down", "unknown"))
        .with("held", count(roster, Presence.Held.class))
        .with("kept", count(roster, Presence.Kept.class))
        .with("floor", policy.floor())
        .with("check", check(policy))
        .with("when_empty", whenEmpty(policy.empty()))
        .with(
            "sources",
            roster.inputs().pool().definition().sources().stream().map(s -> s.name()).toList())
        .with("proxies", carriers(view, id).map(p -> p.proxy().name()).toList())
        .with("settled", view.inputs().settled(id))
        .with("pool_set", roster.inputs().pool().definition().set());
  }

  /** The proxies that carry a pool; all where none is named. */
  static Stream<ProxyView> carriers(View view, Optional<PoolId> id) {
    return id.map(pool -> carriers(view, pool)).orElseGet(() -> view.proxies().stream());
  }

  /** The proxies that carry a pool. */
  static Stream<ProxyView> carriers(View view, PoolId id) {
    return view.proxies().stream().filter(proxy -> proxy.proxy().pools().contains(id));
  }

  /** Who checks, and how; absent where nobody does. */
  static Optional<JsonObject> check(PoolPolicy policy) {
    return policy
        .check()
        .map(PoolJson::own)
        .or(() ->
            policy
                .proxyCheck()
                .map(check ->
                    new JsonObject().with("by", "proxy").with("every_seconds", check.every())));
  }

  private static JsonObject own(PoolPolicy.CheckPolicy check) {
    return new JsonObject()
        .with("by", "weir")
        .with("every_seconds", check.every())
        .with("timeout_seconds", check.timeout())
        .with("rise", check.rise())
        .with("fall", check.fall());
  }

  /** How many members the guards hold or keep. */
  static long count(Roster roster, Class<? extends Presence> presence) {
    return count(
        roster,
        e -> e.knowledge().known().filter(k -> presence.isInstance(k.presence())).isPresent());
  }

  static long count(Roster roster, Predicate<Roster.Entry> what) {
    return roster.entries().stream().filter(what).count();
  }

  private static JsonObject counts(
      Function<Roster.Entry, String> kind, Roster roster, String... kinds) {
    JsonObject json = new JsonObject();
    for (String one : List.of(kinds)) {
      json = json.with(one, count(roster, e -> kind.apply(e).equals(one)));
    }
    return json;
  }

  private static JsonObject whenEmpty(EmptyPolicy policy) {
    return switch (policy) {
      case EmptyPolicy.Status status -> new JsonObject().with("status", status.code());
      case EmptyPolicy.Fallback fallback -> new JsonObject().with("fallback", fallback.endpoint());
      case EmptyPolicy.Keep ignored -> new JsonObject().with("keep", true);
    };
  }
}

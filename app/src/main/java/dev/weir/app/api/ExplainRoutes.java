package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.health.LastLook;
import dev.weir.engine.resolve.Resolver;
import dev.weir.engine.resolve.Shares;
import dev.weir.model.CatalogMember;
import dev.weir.model.DesiredMember;
import dev.weir.model.MemberId;
import dev.weir.model.PoolInputs;
import dev.weir.model.SourceName;
import dev.weir.model.Split;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Explains why a member is in, out, draining, held or kept: everything that had a say. */
final class ExplainRoutes {

  private final View view;

  ExplainRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/explain/{pool}/{name}", Set.of(), this::explain));
  }

  private Answer explain(Request request) throws ApiProblem {
    PoolInputs pool = PoolRoutes.named(view.inputs(), request);
    Roster.Entry entry = Roster.of(view, pool).exact(request.path("name"));
    List<SourceName> sources =
        entry.knowledge().known().map(CatalogMember::sources).orElse(List.of());
    return Answer.ok(
        MemberJson.full(entry)
            .with("check", check(pool, entry))
            .with(
                "sources",
                SourceJson.all(view.inputs()).stream()
                    .filter(bound -> sources.contains(bound.binding().name()))
                    .map(bound -> SourceJson.of(bound, view.time().now()))
                    .toList())
            .with("standing", entry.knowledge().known().map(known -> lower(known.standing())))
            .with("floor", pool.policy().floor())
            .with("split", split(pool, entry))
            .with(
                "proxies",
                PoolJson.carriers(view, pool.id()).map(proxy -> in(proxy, entry.id())).toList()));
  }

  private JsonObject check(PoolInputs pool, Roster.Entry entry) {
    Optional<LastLook> last = view.lastLook(entry.id());
    return PoolJson.check(pool.policy())
        .orElse(new JsonObject())
        .with("configured", pool.policy().watched())
        .with("health", MemberJson.word(entry.knowledge().health()))
        .with("since", MemberJson.since(entry.knowledge().health()))
        .with("last", last.map(MemberJson::look));
  }

  /** The group of a member and what it gets; absent where the pool is not split. */
  private Optional<JsonObject> split(PoolInputs pool, Roster.Entry entry) {
    Optional<Split> split = Resolver.split(pool);
    if (split.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> group =
        entry.knowledge().described().flatMap(it -> Shares.groupOf(split.get(), it));
    Optional<Shares.Group> shared =
        Resolver.shares(pool, Roster.carried(view, pool.id()))
            .flatMap(shares ->
                shares.groups().stream().filter(it -> it.name().equals(group)).findFirst());
    return Optional.of(
        OverrideJson.split(split.get())
            .with("group", group)
            .with("ready", shared.map(Shares.Group::ready).orElse(0))
            .with("wanted_percent", shared.map(it -> rounded(it.wanted())))
            .with("reached_percent", shared.map(it -> rounded(it.reached()))));
  }

  private static double rounded(double percent) {
    return Math.round(percent * 100) / 100.0;
  }

  private static JsonObject in(ProxyView proxy, MemberId id) {
    Optional<DesiredMember> member =
        proxy
            .status()
            .desired()
            .flatMap(desired -> desired.pool(id.pool()))
            .flatMap(pool -> pool.members().stream().filter(m -> m.id().equals(id)).findFirst());
    JsonObject json =
        new JsonObject()
            .with("name", proxy.proxy().name())
            .with("state", member.map(m -> m.state().word()).orElse("absent"))
            .with("in_sync", proxy.status().inSync());
    String why = ProxyJson.why(proxy.status().sync());
    return why.isEmpty() ? json : json.with("why", why);
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

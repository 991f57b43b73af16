package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads pools and their members. */
final class PoolRoutes {

  private static final Set<String> MEMBERS = with(Page.PARAMETERS, "address", "match");

  private final View view;

  PoolRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/pools", Page.PARAMETERS, this::pools),
        Route.get("/v1/pools/{pool}", Set.of(), this::pool),
        Route.get("/v1/pools/{pool}/members", MEMBERS, this::members),
        Route.get("/v1/pools/{pool}/members/{name}", Set.of(), this::member));
  }

  /** The inputs of the pool that the path names. */
  static PoolInputs named(Inputs inputs, Request request) throws ApiProblem {
    return named(inputs, request.path("pool"));
  }

  /** The inputs of the pool of this name. */
  static PoolInputs named(Inputs inputs, String name) throws ApiProblem {
    return inputs.pools().values().stream()
        .filter(pool -> pool.id().value().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noPool(name));
  }

  private Answer pools(Request request) throws ApiProblem {
    List<PoolInputs> all =
        view.inputs().pools().values().stream()
            .sorted(Comparator.comparing(PoolInputs::id))
            .toList();
    return Page.of(request)
        .answer(all, pool -> pool.id().value(), pool -> PoolJson.of(view, Roster.of(view, pool)));
  }

  private Answer pool(Request request) throws ApiProblem {
    return Answer.ok(PoolJson.of(view, Roster.of(view, named(view.inputs(), request))));
  }

  private Answer members(Request request) throws ApiProblem {
    Roster roster = Roster.of(view, named(view.inputs(), request));
    Optional<String> match = request.query("match");
    Optional<String> address = request.query("address");
    List<Roster.Entry> found =
        match.map(roster::matching).orElse(roster.entries()).stream()
            .filter(e -> address.isEmpty() || address.get().equals(e.id().address().toString()))
            .toList();
    return Page.of(request).answer(found, PoolRoutes::key, MemberJson::full);
  }

  private Answer member(Request request) throws ApiProblem {
    Roster roster = Roster.of(view, named(view.inputs(), request));
    Roster.Entry entry = roster.exact(request.path("name"));
    return new Answer.Json(200, MemberJson.full(entry), Map.of("ETag", Unchanged.tag(entry)));
  }

  /** Orders as the roster does. */
  private static String key(Roster.Entry entry) {
    return entry.name() + "\0" + entry.id().address();
  }

  /** The carriers of a pool by name, for answers to writes. */
  static List<JsonObject> carriers(View view, PoolId pool) {
    return PoolJson.carriers(view, pool)
        .map(proxy ->
            new JsonObject()
                .with("name", proxy.proxy().name())
                .with("in_sync", proxy.status().inSync())
                .with("generation", proxy.status().progress().generation()))
        .toList();
  }

  private static Set<String> with(Set<String> some, String... more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(List.of(more));
    return Set.copyOf(all);
  }
}

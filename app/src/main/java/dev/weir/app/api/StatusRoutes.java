package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.PoolInputs;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** How all of it stands, at a glance and for supervisors. */
final class StatusRoutes {

  private final View view;
  private final Standing standing;

  StatusRoutes(View view) {
    this.view = view;
    this.standing = new Standing(view);
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/status", Set.of(), request -> status()),
        Route.get("/livez", Set.of(), request -> answer("live", standing.notLive())),
        Route.get("/readyz", Set.of(), request -> answer("ready", standing.notReady())));
  }

  private Answer status() {
    List<Roster> pools =
        view.inputs().pools().values().stream()
            .sorted(Comparator.comparing(PoolInputs::id))
            .map(pool -> Roster.of(view, pool))
            .toList();
    List<String> notReady = standing.notReady();
    return Answer.ok(
        new JsonObject()
            .with("ready", notReady.isEmpty())
            .with("reasons", notReady)
            .with("version", Build.VERSION)
            .with("generation", view.inputs().generation())
            .with("configured_since", view.configuration().since())
            .with("configuration_problem", view.configuration().problem())
            .with("pools", pools.stream().map(roster -> PoolJson.of(view, roster)).toList())
            .with(
                "proxies",
                view.proxies().stream()
                    .map(p -> ProxyJson.of(p, view.handsOff(p.proxy().name())))
                    .toList())
            .with(
                "sources",
                SourceJson.all(view.inputs()).stream()
                    .map(bound -> SourceJson.of(bound, view.time().now()))
                    .toList()));
  }

  private static Answer answer(String what, List<String> reasons) {
    return new Answer.Json(
        reasons.isEmpty() ? 200 : 503,
        new JsonObject().with(what, reasons.isEmpty()).with("reasons", reasons));
  }
}

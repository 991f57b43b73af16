package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.DesiredMember;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolInputs;
import dev.weir.spi.ServerRow;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what the proxies count for the servers of a pool, at each request anew. */
final class ServerRoutes {

  private final View view;

  ServerRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(Route.get("/v1/pools/{pool}/servers", Set.of(), this::servers));
  }

  private Answer servers(Request request) throws ApiProblem, InterruptedException {
    PoolInputs pool = PoolRoutes.named(view.inputs(), request);
    Map<Endpoint, String> members = new HashMap<>();
    Roster.of(view, pool)
        .entries()
        .forEach(entry ->
            entry
                .desired()
                .map(DesiredMember::endpoint)
                .ifPresent(at -> members.put(at, entry.name())));
    List<JsonObject> items = new ArrayList<>();
    List<String> trouble = new ArrayList<>();
    for (ProxyView proxy : PoolJson.carriers(view, pool.id()).toList()) {
      try {
        proxy.rows(pool.id()).forEach(row -> items.add(json(proxy, row, members)));
      } catch (IOException e) {
        trouble.add("%s: %s".formatted(proxy.proxy().name(), e.getMessage()));
      }
    }
    return Answer.ok(
        new JsonObject().with("items", items).withNull("next").with("trouble", trouble));
  }

  private static JsonObject json(ProxyView proxy, ServerRow row, Map<Endpoint, String> members) {
    Optional<String> member = row.endpoint().map(members::get);
    return new JsonObject()
        .with("proxy", proxy.proxy().name())
        .with("server", row.server())
        .with("member", member)
        .with("address", row.endpoint())
        .with("status", row.status())
        .with("check", row.check())
        .with("sessions", row.load().sessions())
        .with("queue", row.load().queue())
        .with("rate", row.load().rate())
        .with("requests", row.load().total())
        .with("errors", row.load().errors())
        .with("last_change_seconds", row.lastChange());
  }
}

package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import dev.weir.spi.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Leaving proxies alone for a while: they are looked at, checked and planned, and not touched. */
final class PauseRoutes {

  private final View view;

  PauseRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/pauses", Page.PARAMETERS, this::pauses),
        new Route(Method.POST, "/v1/pauses", Set.of(), this::pause),
        new Route(Method.DELETE, "/v1/pauses", Set.of(), this::resumeAll),
        new Route(Method.DELETE, "/v1/pauses/{proxy}", Set.of(), this::resume));
  }

  private Answer pauses(Request request) throws ApiProblem {
    List<Pause> all =
        view.pauses().all().stream().sorted(Comparator.comparing(PauseRoutes::key)).toList();
    return Page.of(request).answer(all, PauseRoutes::key, PauseRoutes::json);
  }

  private Answer pause(Request request) throws ApiProblem, StoreException {
    WriteBody body = WriteBody.of(request, Set.of("proxies"));
    OperatorOverride.Attribution attribution = body.attribution(request, view);
    List<Pause> wanted = new ArrayList<>();
    for (String name : body.json().texts("proxies")) {
      wanted.add(new Pause(Optional.of(proxy(name).proxy().name()), attribution));
    }
    if (wanted.isEmpty()) {
      wanted.add(new Pause(Optional.empty(), attribution));
    }
    for (Pause pause : wanted) {
      view.pauses().pause(pause, Optional.of(request.id()));
    }
    view.proxies().forEach(ProxyView::sync);
    return list(wanted);
  }

  /** Ends the pauses of one proxy; a pause of all proxies goes on. */
  private Answer resume(Request request) throws ApiProblem, StoreException {
    ProxyView proxy = proxy(request.path("proxy"));
    Optional<ProxyName> name = Optional.of(proxy.proxy().name());
    boolean was = view.pauses().resume(name, request.author());
    proxy.sync();
    Optional<String> still = view.pauses().holds(proxy.proxy().name());
    return Answer.ok(new JsonObject().with("resumed", was).with("still", still));
  }

  private Answer resumeAll(Request request) throws StoreException {
    boolean was = false;
    for (Pause pause : view.pauses().all()) {
      was |= view.pauses().resume(pause.proxy(), request.author());
    }
    view.proxies().forEach(ProxyView::sync);
    return Answer.ok(new JsonObject().with("resumed", was));
  }

  private ProxyView proxy(String name) throws ApiProblem {
    return view.proxies().stream()
        .filter(proxy -> proxy.proxy().name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(name)));
  }

  private static Answer list(List<Pause> pauses) {
    return Answer.ok(
        new JsonObject()
            .with("items", pauses.stream().map(PauseRoutes::json).toList())
            .withNull("next"));
  }

  private static String key(Pause pause) {
    return pause.proxy().map(ProxyName::value).orElse("");
  }

  private static JsonObject json(Pause pause) {
    OperatorOverride.Attribution by = pause.attribution();
    return new JsonObject()
        .with("proxy", pause.proxy())
        .with("by", by.by())
        .with("at", by.at())
        .with("reason", by.reason())
        .with("until", by.until());
  }
}

package dev.weir.app.api;

import dev.weir.model.Quoted;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Reads proxies, what would be done to them, and sources. */
final class ProxyRoutes {

  private final View view;

  ProxyRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/proxies", Page.PARAMETERS, this::proxies),
        Route.get("/v1/proxies/{proxy}", Set.of(), this::proxy),
        Route.get("/v1/proxies/{proxy}/plan", Set.of(), this::plan),
        Route.get("/v1/sources", Page.PARAMETERS, this::sources));
  }

  private Answer proxies(Request request) throws ApiProblem {
    List<ProxyView> all =
        view.proxies().stream().sorted(Comparator.comparing(p -> p.proxy().name())).toList();
    return Page.of(request).answer(all, p -> p.proxy().name().value(), ProxyJson::of);
  }

  private Answer proxy(Request request) throws ApiProblem {
    return Answer.ok(ProxyJson.of(named(request)));
  }

  private Answer plan(Request request) throws ApiProblem {
    ProxyView proxy = named(request);
    return Answer.ok(ProxyJson.plan(proxy.status()).with("proxy", proxy.proxy().name()));
  }

  private Answer sources(Request request) throws ApiProblem {
    return Page.of(request)
        .answer(
            SourceJson.all(view.inputs()),
            bound -> bound.binding().name().value(),
            bound -> SourceJson.of(bound, view.time().now()));
  }

  private ProxyView named(Request request) throws ApiProblem {
    String name = request.path("proxy");
    return view.proxies().stream()
        .filter(proxy -> proxy.proxy().name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(name)));
  }
}

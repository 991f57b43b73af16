package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.Outcome;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

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
        new Route(
            Method.POST, "/v1/proxies/{proxy}/sync", Set.of(Confirmation.PARAMETER), this::sync),
        new Route(
            Method.POST,
            "/v1/proxies/{proxy}/reload",
            Set.of(Confirmation.PARAMETER),
            this::reload),
        Route.get("/v1/sources", Page.PARAMETERS, this::sources),
        Route.get("/v1/pool_sets", Page.PARAMETERS, this::poolSets));
  }

  private Answer proxies(Request request) throws ApiProblem {
    List<ProxyView> all =
        view.proxies().stream().sorted(Comparator.comparing(p -> p.proxy().name())).toList();
    return Page.of(request).answer(all, p -> p.proxy().name().value(), this::json);
  }

  private Answer proxy(Request request) throws ApiProblem {
    return Answer.ok(json(named(request)));
  }

  private Answer plan(Request request) throws ApiProblem {
    ProxyView proxy = named(request);
    return Answer.ok(ProxyJson.plan(proxy.status()).with("proxy", proxy.proxy().name()));
  }

  /** Answers when the look is over; 202 where it is not waited for, or not over in time. */
  private Answer sync(Request request) throws ApiProblem, InterruptedException {
    ProxyView proxy = named(request);
    Duration wait = Confirmation.asked(request).orElse(Duration.ZERO);
    JsonObject ignored = request.json(Set.of());
    Instant asked = view.time().now();
    proxy.sync();
    Predicate<ProxyStatus> looked =
        status -> status.progress().lastLook().filter(at -> !at.isBefore(asked)).isPresent();
    boolean done = looked.test(proxy.awaitStatus(looked, wait));
    return new Answer.Json(done ? 200 : 202, json(proxy).with("looked", done));
  }

  /** Answers when the proxy runs what it has loaded; 202 where that is not known in time. */
  private Answer reload(Request request) throws ApiProblem, InterruptedException {
    ProxyView proxy = named(request);
    ProxyName name = proxy.proxy().name();
    Duration wait = Confirmation.asked(request).orElse(Duration.ZERO);
    Attribution by = WriteBody.of(request, Set.of()).attribution(request, view);
    if (proxy.proxy().mode() != Mode.FULL) {
      throw notReloaded(
          name,
          "is of mode %s (expected: full)"
              .formatted(proxy.proxy().mode().name().toLowerCase(Locale.ROOT)));
    }
    Optional<Brake.Hold> hold = view.handsOff(name);
    if (hold.isPresent()) {
      throw notReloaded(name, "is " + hold.get().why());
    }
    String why = "asked for by " + by.by() + by.reason().map(": "::concat).orElse("");
    Optional<Outcome> outcome = proxy.reload(why).await(wait);
    JsonObject answer = new JsonObject().with("proxy", name);
    return switch (outcome.orElse(null)) {
      case null -> new Answer.Json(202, answer.with("confirmed", false));
      case Outcome.Applied ignored ->
          Answer.ok(
              answer
                  .with("confirmed", true)
                  .with("revision", proxy.status().progress().revision()));
      case Outcome.Rejected rejected ->
          throw notReloaded(name, "refuses it: " + rejected.message());
      case Outcome.Failed failed -> throw notReloaded(name, "is not reloaded: " + failed.reason());
    };
  }

  private static ApiProblem notReloaded(ProxyName name, String why) {
    return new ApiProblem(409, "refused", "%s %s".formatted(name, why)).with("proxy", name);
  }

  private Answer sources(Request request) throws ApiProblem {
    return Page.of(request)
        .answer(
            SourceJson.all(view.inputs()),
            bound -> bound.binding().name().value(),
            bound -> SourceJson.of(bound, view.time().now()));
  }

  private Answer poolSets(Request request) throws ApiProblem {
    List<PoolSetJson.Named> sets =
        view.poolSets().entrySet().stream()
            .map(set -> new PoolSetJson.Named(set.getKey(), set.getValue()))
            .sorted(Comparator.comparing(PoolSetJson.Named::name))
            .toList();
    return Page.of(request)
        .answer(sets, PoolSetJson.Named::name, set -> PoolSetJson.of(set, view.time().now()));
  }

  private JsonObject json(ProxyView proxy) {
    return ProxyJson.of(proxy, view.handsOff(proxy.proxy().name()));
  }

  private ProxyView named(Request request) throws ApiProblem {
    String name = request.path("proxy");
    return view.proxies().stream()
        .filter(proxy -> proxy.proxy().name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(name)));
  }
}

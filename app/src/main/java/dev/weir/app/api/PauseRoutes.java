package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Pause;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Leaving proxies alone for a while: they are looked at, checked and planned, and not touched. */
final class PauseRoutes {

  /** How long a reload that is under way is waited for. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  private final View view;

  PauseRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    Set<String> wait = Set.of(Confirmation.PARAMETER);
    return List.of(
        Route.get("/v1/pauses", Page.PARAMETERS, this::pauses),
        new Route(Method.POST, "/v1/pauses", wait, this::pause),
        new Route(Method.DELETE, "/v1/pauses", Set.of(), this::resumeAll),
        new Route(Method.DELETE, "/v1/pauses/{proxy}", Set.of(), this::resume));
  }

  private Answer pauses(Request request) throws ApiProblem {
    List<Pause> all =
        view.pauses().all().stream().sorted(Comparator.comparing(PauseRoutes::key)).toList();
    return Page.of(request).answer(all, PauseRoutes::key, PauseRoutes::json);
  }

  /**
   * Answers when every proxy concerned has come round with the brake on, so that nothing is under
   * way any more; names those that had not in time.
   */
  private Answer pause(Request request) throws ApiProblem, StoreException, InterruptedException {
    Duration wait = Confirmation.asked(request).orElse(USUAL);
    WriteBody body = WriteBody.of(request, Set.of("proxies"));
    OperatorOverride.Attribution attribution = body.attribution(request, view);
    List<ProxyView> concerned = new ArrayList<>();
    for (String name : body.json().texts("proxies")) {
      concerned.add(proxy(name));
    }
    List<Pause> wanted =
        concerned.isEmpty()
            ? List.of(new Pause(Optional.empty(), attribution))
            : concerned.stream()
                .map(proxy -> new Pause(Optional.of(proxy.proxy().name()), attribution))
                .toList();
    view.pauses().pause(wanted, Optional.of(request.id()));
    List<String> applying = applying(concerned.isEmpty() ? view.proxies() : concerned, wait);
    return Answer.ok(
        new JsonObject()
            .with("items", wanted.stream().map(PauseRoutes::json).toList())
            .withNull("next")
            .with("applying", applying));
  }

  private List<String> applying(List<ProxyView> proxies, Duration wait)
      throws InterruptedException {
    Instant braked = view.time().now();
    long deadline = view.time().nanos() + wait.toNanos();
    Predicate<ProxyStatus> stopped =
        status -> status.progress().lastLook().filter(at -> !at.isBefore(braked)).isPresent();
    proxies.forEach(ProxyView::sync);
    List<String> applying = new ArrayList<>();
    for (ProxyView proxy : proxies) {
      Duration left = Duration.ofNanos(deadline - view.time().nanos());
      if (!stopped.test(proxy.awaitStatus(stopped, left))) {
        applying.add(proxy.proxy().name().value());
      }
    }
    return applying;
  }

  /** Ends the pauses of one proxy; a pause of all proxies goes on. */
  private Answer resume(Request request) throws ApiProblem, StoreException {
    ProxyView proxy = proxy(request.path("proxy"));
    Optional<ProxyName> name = Optional.of(proxy.proxy().name());
    boolean was = view.pauses().resume(name, request.author());
    proxy.sync();
    Optional<String> still = view.handsOff(proxy.proxy().name()).map(Brake.Hold::why);
    return Answer.ok(new JsonObject().with("resumed", was).with("still", still));
  }

  private Answer resumeAll(Request request) throws StoreException {
    boolean was = view.pauses().resumeAll(request.author());
    view.proxies().forEach(ProxyView::sync);
    Optional<String> still =
        view.proxies().stream()
            .flatMap(proxy -> view.handsOff(proxy.proxy().name()).stream())
            .map(Brake.Hold::why)
            .findFirst();
    return Answer.ok(new JsonObject().with("resumed", was).with("still", still));
  }

  private ProxyView proxy(String name) throws ApiProblem {
    return view.proxies().stream()
        .filter(proxy -> proxy.proxy().name().value().equals(name))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(name)));
  }

  private static String key(Pause pause) {
    return pause.proxy().map(ProxyName::value).orElse("");
  }

  static JsonObject json(Pause pause) {
    OperatorOverride.Attribution by = pause.attribution();
    return new JsonObject()
        .with("proxy", pause.proxy())
        .with("revision", pause.revision())
        .with("by", by.by())
        .with("at", by.at())
        .with("reason", by.reason())
        .with("until", by.until())
        .with("contested", pause.contested());
  }
}

package dev.weir.app.api;

import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.Mode;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.ProxyStatus.Pinned;
import dev.weir.model.DesiredPool;
import dev.weir.model.Outcome;
import dev.weir.model.Pause;
import dev.weir.model.PoolId;
import dev.weir.model.ProxyName;
import dev.weir.model.Quoted;
import dev.weir.model.Revision;
import dev.weir.spi.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Brings a proxy back to an earlier revision, byte for byte, and pins it there until it is resumed.
 * The pin is durable before anything is done; where the proxy refuses the bytes, it gives way again
 * to the pause that it replaced, if there was one, and nothing has changed.
 */
final class RollbackRoutes {

  /** How long a reload and its confirmation are waited for. */
  private static final Duration USUAL = Duration.ofSeconds(60);

  private final View view;

  RollbackRoutes(View view) {
    this.view = view;
  }

  List<Route> routes() {
    return List.of(
        new Route(
            Method.POST,
            "/v1/revisions/{number}/rollback",
            Set.of(Confirmation.PARAMETER),
            this::rollback));
  }

  /** Answers when the proxy has confirmed it; 202 when it has neither done that nor refused it. */
  private Answer rollback(Request request) throws ApiProblem, StoreException, InterruptedException {
    Duration wait = Confirmation.asked(request).orElse(USUAL);
    WriteBody body = WriteBody.of(request, Set.of());
    Revision revision = RevisionRoutes.numbered(view, request.path("number"));
    ProxyView proxy = proxy(revision);
    mayBeBroughtBack(proxy, revision);
    Optional<ProxyName> name = Optional.of(revision.proxy());
    OptionalLong number = OptionalLong.of(revision.number());
    Pause pin = new Pause(name, number, body.attribution(request, view));
    Optional<Pause> former =
        view.pauses().all().stream().filter(it -> it.proxy().equals(name)).findFirst();
    view.pauses().pause(pin, Optional.of(request.id()));
    proxy.sync();
    ProxyStatus status = proxy.awaitStatus(it -> tried(it, pin).isPresent(), wait);
    return switch (tried(status, pin).orElse(null)) {
      case null -> new Answer.Json(202, PauseRoutes.json(pin).with("confirmed", false));
      case Outcome.Applied ignored -> Answer.ok(PauseRoutes.json(pin).with("confirmed", true));
      case Outcome.Rejected rejected -> {
        view.pauses().takeBack(pin, former, request.author());
        throw undone(proxy, rejected.message());
      }
      case Outcome.Failed failed -> {
        view.pauses().takeBack(pin, former, request.author());
        throw undone(proxy, failed.step() + ": " + failed.reason());
      }
    };
  }

  /** What became of this pin; an earlier one to the same revision does not answer for it. */
  private static Optional<Outcome> tried(ProxyStatus status, Pause pin) {
    return status.pinned().filter(pinned -> pinned.to().isOf(pin)).flatMap(Pinned::outcome);
  }

  private static ApiProblem undone(ProxyView proxy, String words) {
    ProxyName name = proxy.proxy().name();
    proxy.sync();
    return refused(name, "%s does not take it, and stays as it was: %s".formatted(name, words));
  }

  private void mayBeBroughtBack(ProxyView proxy, Revision revision) throws ApiProblem {
    ProxyName name = proxy.proxy().name();
    if (proxy.proxy().mode() != Mode.FULL) {
      throw refused(
          name,
          "%s is of mode %s (expected: full)"
              .formatted(name, proxy.proxy().mode().name().toLowerCase(Locale.ROOT)));
    }
    Set<PoolId> then =
        revision.desired().pools().stream()
            .map(DesiredPool::id)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<PoolId> now = new TreeSet<>(proxy.proxy().pools());
    if (!then.equals(now)) {
      throw refused(
              name,
              "revision %d carried the pools %s (expected: %s, as %s does now)"
                  .formatted(revision.number(), then, now, name))
          .hint("configure the proxy with the pools of then first");
    }
    Optional<Brake.Hold> other =
        view.handsOff(name)
            .filter(hold -> view.pauses().all().stream().noneMatch(it -> only(it, name, hold)));
    if (other.isPresent()) {
      throw refused(name, "%s is %s".formatted(name, other.get().why()))
          .hint("end that pause first");
    }
  }

  /** A pause of this proxy gives way to the pin; one of all proxies does not. */
  private static boolean only(Pause pause, ProxyName proxy, Brake.Hold hold) {
    return pause.proxy().equals(Optional.of(proxy)) && pause.why().equals(hold.why());
  }

  private static ApiProblem refused(ProxyName proxy, String why) {
    return new ApiProblem(409, "refused", why).with("proxy", proxy);
  }

  private ProxyView proxy(Revision revision) throws ApiProblem {
    return view.proxies().stream()
        .filter(proxy -> proxy.proxy().name().equals(revision.proxy()))
        .findFirst()
        .orElseThrow(() -> ApiProblem.noProxy(Quoted.of(revision.proxy().value())));
  }
}

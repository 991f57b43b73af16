package dev.weir.app.api;

import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.model.Inputs;
import dev.weir.model.ProxyName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Whether Weir is alive and ready, and if not, why. */
final class Standing {

  /** Loops come round every ten seconds at least, but for an apply that waits for old workers. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final View view;

  /** The inputs in which all required sources were first found to have reported; 0 before. */
  private final AtomicLong heardIn = new AtomicLong();

  Standing(View view) {
    this.view = view;
  }

  /** Loops that have not come round lately; empty when it is alive. */
  List<String> notLive() {
    Instant oldest = view.time().now().minus(SILENCE);
    List<String> reasons = new ArrayList<>();
    if (view.keeperLastRun().isBefore(oldest)) {
      reasons.add("the keeper has not come round since " + view.keeperLastRun());
    }
    for (ProxyView proxy : view.proxies()) {
      Instant last = proxy.status().progress().lastRun();
      if (last.isBefore(oldest)) {
        reasons.add(
            "the loop of proxy %s has not come round since %s".formatted(name(proxy), last));
      }
    }
    return reasons;
  }

  /** What it waits for; empty when it is ready. */
  List<String> notReady() {
    List<String> reasons = new ArrayList<>();
    if (view.configuration().origin() == View.Origin.FORMER_RUN) {
      reasons.add(
          "a configuration of a former run is in use: "
              + view.configuration().problem().orElse("the file was not accepted"));
    }
    view.storeTrouble()
        .ifPresent(trouble ->
            reasons.add(
                "state cannot be kept since %s, decisions are refused: %s"
                    .formatted(trouble.since(), trouble.reason())));
    Inputs inputs = view.inputs();
    List<String> silent = silent(inputs);
    reasons.addAll(silent);
    long generation = inputs.generation();
    long heard = heardIn.updateAndGet(was -> !silent.isEmpty() ? 0 : was == 0 ? generation : was);
    for (ProxyView proxy : view.proxies()) {
      ProxyStatus status = proxy.status();
      if (!status.hadOutcome()) {
        String why = ProxyJson.why(status.sync());
        reasons.add("proxy %s has had no outcome yet: %s".formatted(name(proxy), why));
      } else if (status.inSync() && status.progress().generation() < heard) {
        reasons.add(
            "proxy %s does not follow the first reports of the sources yet".formatted(name(proxy)));
      }
    }
    return reasons;
  }

  /** The required sources that have not reported in this run. */
  private static List<String> silent(Inputs inputs) {
    List<String> reasons = new ArrayList<>();
    for (SourceJson.Bound bound : SourceJson.all(inputs)) {
      if (bound.binding().required() && !bound.state().heard()) {
        reasons.add(
            "source %s has not reported%s"
                .formatted(
                    bound.binding().name(),
                    bound.state().failure().map(f -> ": " + f.reason()).orElse("")));
      }
    }
    return reasons;
  }

  private static ProxyName name(ProxyView proxy) {
    return proxy.proxy().name();
  }
}

package dev.weir.app.api;

import dev.weir.model.ProxyName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whether Weir is alive and ready, and if not, why. */
final class Standing {

  /** Loops come round every ten seconds at least, but for an apply that waits for old workers. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final View view;

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
    for (SourceJson.Bound bound : SourceJson.all(view.inputs())) {
      if (bound.binding().required() && !bound.state().heard()) {
        reasons.add(
            "source %s has not reported%s"
                .formatted(
                    bound.binding().name(),
                    bound.state().failure().map(f -> ": " + f.reason()).orElse("")));
      }
    }
    for (ProxyView proxy : view.proxies()) {
      if (!proxy.status().hadOutcome()) {
        String why = ProxyJson.why(proxy.status().sync());
        reasons.add("proxy %s has had no outcome yet: %s".formatted(name(proxy), why));
      }
    }
    return reasons;
  }

  private static ProxyName name(ProxyView proxy) {
    return proxy.proxy().name();
  }
}

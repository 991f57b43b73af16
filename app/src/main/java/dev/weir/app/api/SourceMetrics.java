package dev.weir.app.api;

import dev.weir.engine.health.ProbeMeters;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The families about sources and checks. */
final class SourceMetrics {

  private final Family up = Family.gauge("weir_source_up", "Whether the source can look now.");
  private final Family success =
      Family.gauge(
          "weir_source_last_success_timestamp_seconds", "When the source last reported in full.");
  private final Family members =
      Family.gauge("weir_source_members", "Members in the source's last full report.");
  private final Family checks = Family.counter("weir_checks_total", "Probes, by how they ended.");
  private final Family checkTime =
      Family.histogram("weir_check_duration_seconds", "How long probes took.");
  private final Family lateness =
      Family.histogram("weir_check_lateness_seconds", "How much later than planned probes began.");
  private final Family transitions =
      Family.counter("weir_check_transitions_total", "Conclusions of checks that changed.");

  List<Family> gather(View view) {
    SourceJson.all(view.inputs()).forEach(this::add);
    view.probes().pools().forEach((pool, meters) -> add(pool.value(), meters));
    var _ = lateness.took(view.probes().lateness());
    return List.of(up, success, members, checks, checkTime, lateness, transitions);
  }

  private void add(SourceJson.Bound bound) {
    String source = bound.binding().name().value();
    var _ = up.set(bound.up(), "source", source);
    Optional<SourceState.LastGood> good = bound.state().lastGood();
    good.ifPresent(it -> success.set(it.at(), "source", source));
    var _ =
        members.set(
            good.map(it -> it.members().size()).orElse(0),
            "source",
            source,
            "pool",
            bound.pool().value());
  }

  private void add(String pool, ProbeMeters.Pool meters) {
    List<String> results =
        Arrays.stream(ProbeResult.Kind.values()).map(SourceMetrics::label).distinct().toList();
    for (String result : results) {
      long times =
          Arrays.stream(ProbeResult.Kind.values())
              .filter(kind -> label(kind).equals(result))
              .mapToLong(meters::results)
              .sum();
      var _ = checks.count(times, "pool", pool, "result", result);
    }
    var _ = checkTime.took(meters.durations(), "pool", pool);
    var _ = transitions.count(meters.ups(), "pool", pool, "to", "up");
    var _ = transitions.count(meters.downs(), "pool", pool, "to", "down");
  }

  /** Whether the connection or the answer was late is one result to those who read metrics. */
  private static String label(ProbeResult.Kind kind) {
    return kind == ProbeResult.Kind.CONNECT_TIMEOUT
        ? "timeout"
        : kind.name().toLowerCase(Locale.ROOT);
  }
}

package dev.weir.app.api;

import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.ReconcileMeters;
import dev.weir.engine.reconcile.Sync;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.model.Plan;
import dev.weir.model.ProxyName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The families about proxies and what is done to them. */
final class ProxyMetrics {

  private final Family info = Family.gauge("weir_proxy_info", "What the proxy is.");
  private final Family up =
      Family.gauge("weir_proxy_up", "Whether the proxy runs and can be asked.");
  private final Family paused =
      Family.gauge("weir_proxy_paused", "Whether somebody wants the proxy left alone.");
  private final Family contested =
      Family.gauge(
          "weir_proxy_contested",
          "Whether the proxy is left because somebody else changes it too.");
  private final Family inSync =
      Family.gauge("weir_proxy_in_sync", "Whether the proxy reports that it runs what it shall.");
  private final Family lastInSync =
      Family.gauge(
          "weir_proxy_last_in_sync_timestamp_seconds", "When the proxy last ran what it shall.");
  private final Family pending =
      Family.gauge("weir_proxy_pending_members", "Members that differ from what they shall be.");
  private final Family generation =
      Family.gauge("weir_proxy_generation", "The newest generation that the proxy confirmed.");
  private final Family drift =
      Family.counter("weir_proxy_drift_total", "What was found changed behind Weir's back.");
  private final Family applies =
      Family.counter("weir_applies_total", "Plans carried out, by how they ended.");
  private final Family applyTime =
      Family.histogram("weir_apply_duration_seconds", "From the start of a plan to its read-back.");
  private final Family reloads =
      Family.counter("weir_reloads_total", "Reloads, by their first reason.");
  private final Family rollbacks =
      Family.counter(
          "weir_rollbacks_total", "How often what was in force before came back, by cause.");
  private final Family deferred =
      Family.counter("weir_reloads_deferred_total", "Reloads that had to wait, by cause.");
  private final Family changeTime =
      Family.histogram(
          "weir_change_applied_seconds", "From a change to its read-back from the proxy.");

  private final Family servedTime =
      Family.histogram(
          "weir_change_served_seconds",
          "From a change to the first request on a member that came with it, of some changes.");
  private final Family drainTime =
      Family.histogram("weir_drain_duration_seconds", "From the start of a drain to its end.");

  List<Family> gather(View view) {
    view.proxies().forEach(this::add);
    for (ProxyView proxy : view.proxies()) {
      ProxyName name = proxy.proxy().name();
      var _ = paused.set(view.handsOff(name).isPresent(), "proxy", name.value());
      boolean disputed =
          view.pauses().all().stream()
              .filter(pause -> pause.contested().isPresent())
              .anyMatch(pause -> pause.proxy().equals(Optional.of(name)));
      var _ = contested.set(disputed, "proxy", name.value());
    }
    return List.of(
        info,
        up,
        paused,
        contested,
        inSync,
        lastInSync,
        pending,
        generation,
        drift,
        applies,
        applyTime,
        reloads,
        rollbacks,
        deferred,
        changeTime,
        servedTime,
        drainTime);
  }

  private void add(ProxyView view) {
    ProxyStatus status = view.status();
    String proxy = status.proxy().value();
    String[] what = {
      "proxy", proxy,
      "kind", status.kind(),
      "version", ProxyJson.version(status.condition()),
      "mode", lower(view.proxy().mode()),
      "way", way(status)
    };
    var _ = info.set(1, what);
    boolean runs = status.condition().orElse(null) instanceof Observed.Condition.Running;
    var _ = up.set(runs, "proxy", proxy);
    var _ = inSync.set(status.inSync(), "proxy", proxy);
    status.progress().lastInSync().ifPresent(at -> lastInSync.set(at, "proxy", proxy));
    var _ = pending.set(pending(status.sync()), "proxy", proxy);
    var _ = generation.set((double) status.progress().generation(), "proxy", proxy);
    meters(view.proxy().meters(), proxy);
  }

  private void meters(ReconcileMeters meters, String proxy) {
    for (ReconcileMeters.Drift kind : ReconcileMeters.Drift.values()) {
      var _ = drift.count(meters.drifts(kind), "proxy", proxy, "kind", lower(kind));
    }
    for (Outcome.Way way : Outcome.Way.values()) {
      for (ReconcileMeters.Result result : ReconcileMeters.Result.values()) {
        var _ =
            applies.count(
                meters.applies(way, result),
                "proxy",
                proxy,
                "way",
                lower(way),
                "outcome",
                lower(result));
      }
      var _ = applyTime.took(meters.durations(way), "proxy", proxy, "way", lower(way));
      var _ = changeTime.took(meters.changeApplied(way), "proxy", proxy, "way", lower(way));
      var _ = servedTime.took(meters.changeServed(way), "proxy", proxy, "way", lower(way));
    }
    for (ReconcileMeters.Rollback cause : ReconcileMeters.Rollback.values()) {
      var _ = rollbacks.count(meters.rollbacks(cause), "proxy", proxy, "cause", lower(cause));
    }
    for (ReconcileMeters.DrainEnd end : ReconcileMeters.DrainEnd.values()) {
      var _ = drainTime.took(meters.drains(end), "proxy", proxy, "outcome", lower(end));
    }
    meters.reloads().forEach((why, times) -> reloads.count(times, "proxy", proxy, "reason", why));
    meters
        .reloadsPutOff()
        .forEach((cause, times) -> deferred.count(times, "proxy", proxy, "cause", cause));
  }

  private static int pending(Sync sync) {
    return switch (sync) {
      case Sync.Behind behind -> behind.plan().map(Plan::changes).map(List::size).orElse(0);
      case Sync.WouldApply would -> would.plan().changes().size();
      case Sync.Reached ignored -> 0;
      case Sync.Waiting ignored -> 0;
    };
  }

  /** How the proxy was last brought in step; empty before that. */
  private static String way(ProxyStatus status) {
    Optional<Outcome> last = status.last().map(ProxyStatus.LastOutcome::outcome);
    return last.orElse(null) instanceof Outcome.Applied applied ? lower(applied.way()) : "";
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

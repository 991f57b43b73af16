package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.reconcile.Brake;
import dev.weir.engine.reconcile.ProxyStatus;
import dev.weir.engine.reconcile.Sync;
import dev.weir.model.Observed;
import dev.weir.model.Outcome;
import dev.weir.spi.Drain;
import dev.weir.spi.PoolWay;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Proxies and what would be done to them as JSON. */
final class ProxyJson {

  private ProxyJson() {}

  /**
   * @param hold what keeps the hands off it; absent when nothing does
   */
  static JsonObject of(ProxyView view, Optional<Brake.Hold> hold) {
    ProxyStatus status = view.status();
    ProxyStatus.Progress progress = status.progress();
    return new JsonObject()
        .with("name", status.proxy())
        .with("kind", status.kind())
        .with("mode", view.proxy().mode().name().toLowerCase(Locale.ROOT))
        .with("paused", hold.map(Brake.Hold::why))
        .with("pinned", hold.flatMap(Brake.Hold::pin).map(Brake.PinnedTo::revision))
        .with("pools", view.proxy().pools())
        .with("condition", condition(status.condition()))
        .with("in_sync", status.inSync())
        .with("sync", sync(status.sync()))
        .with("put_off", status.putOff())
        .with("ways", status.ways().stream().map(ProxyJson::way).toList())
        .with("drains", status.drains().stream().map(ProxyJson::drain).toList())
        .with("generation", progress.generation())
        .with("revision", progress.revision())
        .with("last_in_sync", progress.lastInSync())
        .with("last_run", progress.lastRun())
        .with("next_try", progress.nextTry())
        .with("last_outcome", status.last().map(ProxyJson::outcome));
  }

  private static JsonObject way(PoolWay way) {
    return new JsonObject()
        .with("pool", way.pool())
        .with("way", way.kind().name().toLowerCase(Locale.ROOT))
        .with("why", way.why());
  }

  private static JsonObject drain(Drain drain) {
    return new JsonObject()
        .with("pool", drain.pool())
        .with("server", drain.server())
        .with("is", drain.phase().name().toLowerCase(Locale.ROOT))
        .with("lasted_seconds", drain.lasted())
        .with("connections", connections(drain));
  }

  private static OptionalLong connections(Drain drain) {
    return drain.connections().isPresent()
        ? OptionalLong.of(drain.connections().getAsInt())
        : OptionalLong.empty();
  }

  /** What would be done now; says so where nothing would. */
  static JsonObject plan(ProxyStatus status) {
    return switch (status.sync()) {
      case Sync.Waiting waiting ->
          new JsonObject().with("plan", "none").with("why", waiting.reason());
      case Sync.Reached ignored ->
          new JsonObject()
              .with("plan", "in_sync")
              .with("target", status.desired().map(desired -> desired.fingerprint()));
      case Sync.Behind behind ->
          behind
              .plan()
              .map(PlanJson::of)
              .orElseGet(() -> new JsonObject().with("plan", "none"))
              .with("why", behind.reason());
      case Sync.WouldApply would -> PlanJson.of(would.plan()).with("why", would.why());
    };
  }

  static String conditionWord(Optional<Observed.Condition> condition) {
    return condition
        .map(it ->
            switch (it) {
              case Observed.Condition.Running ignored -> "running";
              case Observed.Condition.NotRunning ignored -> "not_running";
              case Observed.Condition.Unreachable ignored -> "unreachable";
            })
        .orElse("unknown");
  }

  /** What the proxy says its version is; empty where it does not say. */
  static String version(Optional<Observed.Condition> condition) {
    return condition.orElse(null) instanceof Observed.Condition.Running running
        ? running.version()
        : "";
  }

  /** Why it is not as it shall be; empty where it is. */
  static String why(Sync sync) {
    return switch (sync) {
      case Sync.Reached ignored -> "";
      case Sync.Waiting waiting -> waiting.reason();
      case Sync.Behind behind -> behind.reason();
      case Sync.WouldApply would -> would.why();
    };
  }

  private static JsonObject condition(Optional<Observed.Condition> condition) {
    JsonObject json = new JsonObject().with("is", conditionWord(condition));
    return condition
        .map(it ->
            switch (it) {
              case Observed.Condition.Running r -> json.with("version", r.version());
              case Observed.Condition.NotRunning n -> json.with("reason", n.reason());
              case Observed.Condition.Unreachable u -> json.with("reason", u.reason());
            })
        .orElse(json);
  }

  private static JsonObject sync(Sync sync) {
    String word =
        switch (sync) {
          case Sync.Reached ignored -> "reached";
          case Sync.Waiting ignored -> "waiting";
          case Sync.Behind ignored -> "behind";
          case Sync.WouldApply ignored -> "would_apply";
        };
    JsonObject json = new JsonObject().with("is", word);
    return sync instanceof Sync.Reached ? json : json.with("reason", why(sync));
  }

  private static JsonObject outcome(ProxyStatus.LastOutcome last) {
    JsonObject json =
        switch (last.outcome()) {
          case Outcome.Applied applied ->
              new JsonObject()
                  .with("is", "applied")
                  .with("way", applied.way().name().toLowerCase(Locale.ROOT));
          case Outcome.Rejected rejected ->
              new JsonObject()
                  .with("is", "rejected")
                  .with("message", rejected.message())
                  .with("place", rejected.place())
                  .with("foreign", rejected.foreign());
          case Outcome.Failed failed ->
              new JsonObject()
                  .with("is", "failed")
                  .with("step", failed.step())
                  .with("message", failed.reason());
        };
    return json.with("at", last.at()).with("took_seconds", last.took());
  }
}

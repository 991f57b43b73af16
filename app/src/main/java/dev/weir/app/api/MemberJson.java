package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.engine.health.LastLook;
import dev.weir.model.CatalogMember;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.Presence;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Members as JSON. */
final class MemberJson {

  private MemberJson() {}

  /** Enough to tell it from others. */
  static JsonObject brief(Roster.Entry entry) {
    return new JsonObject()
        .with("name", entry.name())
        .with("address", entry.id().address())
        .with("state", entry.state());
  }

  /** All that a list shows. */
  static JsonObject full(Roster.Entry entry) {
    Roster.Knowledge knowledge = entry.knowledge();
    Optional<Member> described = knowledge.described();
    return brief(entry)
        .with("pool", entry.id().pool())
        .with("endpoint", entry.desired().map(member -> member.endpoint()))
        .with(
            "weight", entry.desired().map(m -> m.weight()).or(() -> described.map(Member::weight)))
        .with(
            "backup", entry.desired().map(m -> m.backup()).or(() -> described.map(Member::backup)))
        .with("health", word(knowledge.health()))
        .with("health_since", since(knowledge.health()))
        .with("because", because(entry))
        .with("presence", knowledge.known().map(known -> presence(known.presence())))
        .with("condition", described.map(m -> m.condition().name().toLowerCase(Locale.ROOT)))
        .with("sources", knowledge.known().map(CatalogMember::sources).orElse(List.of()))
        .with("labels", labels(described.map(Member::labels).orElse(Collections.emptySortedMap())))
        .with("overrides", knowledge.overrides().stream().map(OverrideJson::of).toList());
  }

  /** The most recent probe. */
  static JsonObject look(LastLook look) {
    return new JsonObject()
        .with("at", look.at())
        .with("result", look.result().kind().name().toLowerCase(Locale.ROOT))
        .with("detail", look.result().detail())
        .with("took_seconds", look.result().took());
  }

  static JsonObject because(Roster.Entry entry) {
    return new JsonObject()
        .with("cause", entry.because().cause().name().toLowerCase(Locale.ROOT))
        .with("detail", entry.because().detail());
  }

  static String word(Health health) {
    return switch (health) {
      case Health.Unknown ignored -> "unknown";
      case Health.Up ignored -> "up";
      case Health.Down ignored -> "down";
    };
  }

  static Optional<Instant> since(Health health) {
    return switch (health) {
      case Health.Unknown ignored -> Optional.empty();
      case Health.Up up -> Optional.of(up.since());
      case Health.Down down -> Optional.of(down.since());
    };
  }

  /** What the sources and the guards say. */
  static JsonObject presence(Presence presence) {
    return switch (presence) {
      case Presence.Present ignored -> new JsonObject().with("is", "present");
      case Presence.Remembered r ->
          new JsonObject().with("is", "remembered").with("since", r.seen());
      case Presence.Kept kept -> state("kept", kept.reason(), kept.since());
      case Presence.Outgoing gone -> state("outgoing", gone.evidence(), gone.since());
      case Presence.Leaving gone -> state("leaving", gone.evidence(), gone.since());
      case Presence.Held held ->
          state("held", held.reason(), held.since()).with("until", held.until());
    };
  }

  static JsonObject labels(Map<String, String> labels) {
    JsonObject json = new JsonObject();
    labels.forEach(json::with);
    return json;
  }

  private static JsonObject state(String is, String reason, Instant since) {
    return new JsonObject().with("is", is).with("reason", reason).with("since", since);
  }
}

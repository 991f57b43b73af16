package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Quoted;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** What a job can do. */
enum JobAction {
  /** Members are drained, until their last connections have ended. */
  DRAIN,
  /** A proxy is brought back to a revision. */
  ROLLBACK,
  /** Proxies are loaded anew, one after the other. */
  RELOAD;

  /** How long any job may take, from when it was taken in. */
  static final Duration LONGEST = Duration.ofHours(24);

  /** The fields that say what is meant. */
  Set<String> fields() {
    return switch (this) {
      case DRAIN -> Set.of("pool", "members", "labels", "force");
      case ROLLBACK -> Set.of("revision");
      case RELOAD -> Set.of("proxies");
    };
  }

  /** Its word in requests and answers. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * By its word.
   *
   * @throws ApiProblem where there is none
   */
  static JobAction of(String word) throws ApiProblem {
    for (JobAction action : values()) {
      if (action.word().equals(word)) {
        return action;
      }
    }
    throw ApiProblem.badRequest(
        "action: %s (expected: drain, rollback or reload)".formatted(Quoted.of(word)));
  }

  /** The same object but for one field. */
  static JsonObject without(JsonObject body, String field) {
    JsonObject rest = new JsonObject();
    body.fields()
        .forEach((key, value) -> {
          if (!key.equals(field)) {
            var _ = rest.with(key, value);
          }
        });
    return rest;
  }
}

package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.Quoted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What a write says: the decisions, and why and for how long they hold. */
record WriteBody(JsonObject json) {

  private static final Set<String> COMMON = Set.of("reason", "for_seconds");
  private static final int LONGEST_REASON = 500;
  private static final Duration LONGEST = Duration.ofDays(3650);

  /**
   * A decision for one slot.
   *
   * @param action absent to clear what was decided
   */
  record Decision(Slot slot, Optional<Action> action) {

    /** Whether it drains the member. */
    boolean drains() {
      return action.orElse(null) instanceof OperatorOverride.Drain;
    }
  }

  static WriteBody of(Request request, Set<String> fields) throws ApiProblem {
    Set<String> all = new HashSet<>(fields);
    all.addAll(COMMON);
    return new WriteBody(request.json(all));
  }

  /** What {@code state} and {@code weight} decide. */
  List<Decision> decisions() throws ApiProblem {
    List<Decision> decisions = new ArrayList<>();
    if (json.fields().containsKey("state")) {
      decisions.add(state(json.text("state").orElse("")));
    }
    if (json.fields().containsKey("weight")) {
      decisions.add(weight());
    }
    return decisions;
  }

  /** Whether it shall be taken whatever it takes of a pool. */
  Force force() {
    return json.isTrue("force") ? Force.FORCED : Force.GUARDED;
  }

  /** Who decided, when, why and for how long. */
  Attribution attribution(Request request, View view) throws ApiProblem {
    OptionalDouble seconds = json.decimal("for_seconds");
    Optional<Duration> howLong =
        seconds.isPresent()
            ? Optional.of(Duration.ofMillis((long) (seconds.getAsDouble() * 1000)))
            : Optional.empty();
    return attribution(request, view, json.text("reason"), howLong);
  }

  /** Who decided, when, why and for how long. */
  static Attribution attribution(
      Request request, View view, Optional<String> reason, Optional<Duration> howLong)
      throws ApiProblem {
    if (reason.isPresent() && reason.get().length() > LONGEST_REASON) {
      throw ApiProblem.badRequest(
          "reason: %d characters (expected: at most %d)"
              .formatted(reason.get().length(), LONGEST_REASON));
    }
    if (howLong.isPresent()
        && (!howLong.get().isPositive() || howLong.get().compareTo(LONGEST) > 0)) {
      throw ApiProblem.badRequest(
          "for: %s (expected: more than 0, at most ten years)".formatted(howLong.get()));
    }
    Instant now = view.time().now().truncatedTo(ChronoUnit.MILLIS);
    return new Attribution(request.caller().who(), now, reason, howLong.map(now::plus));
  }

  private static Decision state(String word) throws ApiProblem {
    return switch (word) {
      case "ready" -> new Decision(Slot.STATE, Optional.empty());
      case "drain" -> new Decision(Slot.STATE, Optional.of(new OperatorOverride.Drain()));
      case "maint" -> new Decision(Slot.STATE, Optional.of(new OperatorOverride.Disable()));
      default ->
          throw ApiProblem.badRequest(
              "state: %s (expected: ready, drain or maint)".formatted(Quoted.of(word)));
    };
  }

  private Decision weight() throws ApiProblem {
    return json.text("weight").filter("auto"::equals).isPresent()
        ? new Decision(Slot.WEIGHT, Optional.empty())
        : new Decision(Slot.WEIGHT, Optional.of(newWeight()));
  }

  /** The weight that is to hold. */
  OperatorOverride.Weight newWeight() throws ApiProblem {
    long weight = json.number("weight").orElse(-1);
    if (weight == 0) {
      throw ApiProblem.badRequest("weight: 0 (expected: 1 to 256)")
          .hint("to take no new connections, use drain");
    }
    try {
      return new OperatorOverride.Weight(Math.clamp(weight, -1, Integer.MAX_VALUE));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest("weight (expected: 1 to 256, or \"auto\")");
    }
  }
}

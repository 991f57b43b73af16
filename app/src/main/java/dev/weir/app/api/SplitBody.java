package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Quoted;
import dev.weir.model.Split;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads how somebody wants the traffic of a pool shared between groups of its members. */
final class SplitBody {

  static final String ACTION = "split";

  private static final Set<String> FOREIGN = Set.of("members", "labels", "weight");

  private SplitBody() {}

  static boolean isOne(JsonObject body) {
    return body.text("action").filter(ACTION::equals).isPresent();
  }

  /** The pool that is split. */
  static String pool(JsonObject body) throws ApiProblem {
    for (String field : FOREIGN) {
      if (body.fields().containsKey(field)) {
        throw ApiProblem.badRequest(
            "%s: given (expected: nothing, a split concerns all of a pool)".formatted(field));
      }
    }
    return body.text("pool").orElseThrow(() -> ApiProblem.badRequest("pool: missing"));
  }

  /** The decision. */
  static OperatorOverride.Shared read(JsonObject body) throws ApiProblem {
    JsonObject shares = body.object("shares_percent").orElse(new JsonObject());
    SortedMap<String, Double> read = new TreeMap<>();
    for (String group : shares.fields().keySet()) {
      OptionalDouble share = shares.decimal(group);
      if (share.isEmpty()) {
        throw ApiProblem.badRequest(
            "shares_percent: %s (expected: a number for each group)".formatted(Quoted.of(group)));
      }
      read.put(group, share.getAsDouble());
    }
    try {
      return new OperatorOverride.Shared(new Split(body.text("by").orElse(""), read));
    } catch (IllegalArgumentException e) {
      throw ApiProblem.badRequest(String.valueOf(e.getMessage()))
          .hint("by names a label, shares_percent has the share of each of its values");
    }
  }
}

package dev.weir.app.api;

import dev.weir.app.json.JsonObject;
import dev.weir.model.Fingerprint;
import dev.weir.model.OperatorOverride;
import dev.weir.model.Split;
import dev.weir.model.Target;
import java.util.Map;

/** What operators decided, as JSON. */
final class OverrideJson {

  private static final int ID_LENGTH = 12;

  private OverrideJson() {}

  static JsonObject of(OperatorOverride override) {
    OperatorOverride.Attribution by = override.attribution();
    JsonObject json = new JsonObject().with("id", id(override)).with("action", action(override));
    if (override.action() instanceof OperatorOverride.Weight weight) {
      json = json.with("weight", weight.weight());
    }
    if (override.action() instanceof OperatorOverride.Shared(Split split)) {
      json = json.with("split", split(split));
    }
    json =
        switch (override.target()) {
          case Target.One one ->
              json.with("pool", one.id().pool()).with("address", one.id().address());
          case Target.InPool inPool ->
              json.with("pool", inPool.pool()).with("labels", MemberJson.labels(inPool.labels()));
          case Target.Everywhere all -> json.with("labels", MemberJson.labels(all.labels()));
        };
    return json.with("by", by.by())
        .with("at", by.at())
        .with("reason", by.reason())
        .with("until", by.until());
  }

  /** The shares of groups, in percent. */
  static JsonObject split(Split split) {
    JsonObject shares = new JsonObject();
    for (Map.Entry<String, Double> share : split.shares().entrySet()) {
      shares = shares.with(share.getKey(), share.getValue());
    }
    return new JsonObject().with("by", split.by()).with("shares_percent", shares);
  }

  /** The same for the same target and slot, whoever decided what. */
  static String id(OperatorOverride override) {
    return Fingerprint.digest()
        .add(override.target().toString())
        .add(override.slot().name())
        .finish()
        .hex()
        .substring(0, ID_LENGTH);
  }

  /** The name of what was decided, as in the metrics. */
  static String action(OperatorOverride override) {
    return switch (override.action()) {
      case OperatorOverride.Add ignored -> "add";
      case OperatorOverride.Remove ignored -> "remove";
      case OperatorOverride.Disable ignored -> "disable";
      case OperatorOverride.Drain ignored -> "drain";
      case OperatorOverride.Pin ignored -> "pin";
      case OperatorOverride.Weight ignored -> "weight";
      case OperatorOverride.Shared ignored -> "split";
    };
  }
}

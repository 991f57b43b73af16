package dev.weir.store.sqlite;

import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Action;
import dev.weir.model.OperatorOverride.Attribution;
import dev.weir.model.PoolId;
import dev.weir.model.Target;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Overrides as JSON: the target, which together with the slot is their key, and all the rest. */
final class OverrideJson {

  private OverrideJson() {}

  /** The same target gives the same text. */
  static String writeTarget(Target target) {
    ObjectNode node = Json.object();
    switch (target) {
      case Target.One one -> MemberJson.putId(node, one.id());
      case Target.InPool inPool -> {
        node.put("pool", inPool.pool().value());
        Json.putLabels(node, inPool.labels());
      }
      case Target.Everywhere everywhere -> Json.putLabels(node, everywhere.labels());
    }
    return Json.write(node);
  }

  static Target readTarget(String text) {
    JsonNode node = Json.read(text);
    if (node.has("address")) {
      return new Target.One(MemberJson.id(node));
    }
    return node.has("pool")
        ? new Target.InPool(new PoolId(Json.text(node, "pool")), Json.labels(node))
        : new Target.Everywhere(Json.labels(node));
  }

  /** All but the target. */
  static String writeBody(OperatorOverride override) {
    ObjectNode node = Json.object();
    switch (override.action()) {
      case OperatorOverride.Add add ->
          node.put("action", "add").set("member", MemberJson.write(add.member()));
      case OperatorOverride.Remove ignored -> node.put("action", "remove");
      case OperatorOverride.Disable ignored -> node.put("action", "disable");
      case OperatorOverride.Drain ignored -> node.put("action", "drain");
      case OperatorOverride.Weight weight ->
          node.put("action", "weight").put("weight", weight.weight());
    }
    Attribution attribution = override.attribution();
    node.put("by", attribution.by()).put("at", attribution.at().toString());
    Json.putIfPresent(node, "reason", attribution.reason());
    Json.putIfPresent(node, "until", attribution.until().map(Instant::toString));
    return Json.write(node);
  }

  static OperatorOverride read(String target, String body) {
    JsonNode node = Json.read(body);
    return new OperatorOverride(readTarget(target), readAction(node), readAttribution(node));
  }

  private static Action readAction(JsonNode node) {
    String action = Json.text(node, "action");
    return switch (action) {
      case "add" -> new OperatorOverride.Add(MemberJson.read(node.required("member")));
      case "remove" -> new OperatorOverride.Remove();
      case "disable" -> new OperatorOverride.Disable();
      case "drain" -> new OperatorOverride.Drain();
      case "weight" -> new OperatorOverride.Weight(node.required("weight").intValue());
      default -> throw new IllegalArgumentException("an override's action '" + action + "'");
    };
  }

  private static Attribution readAttribution(JsonNode node) {
    return new Attribution(
        Json.text(node, "by"),
        Instant.parse(Json.text(node, "at")),
        Json.optionalText(node, "reason"),
        Json.optionalText(node, "until").map(Instant::parse));
  }
}

package dev.weir.store.sqlite;

import dev.weir.model.Address;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState.LastGood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Members, and reports of them, as JSON. */
final class MemberJson {

  private MemberJson() {}

  static void putId(ObjectNode node, MemberId id) {
    node.put("pool", id.pool().value()).put("address", id.address().toString());
  }

  static MemberId id(JsonNode node) {
    return new MemberId(
        new PoolId(Json.text(node, "pool")), Address.parse(Json.text(node, "address")));
  }

  static ObjectNode write(Member member) {
    ObjectNode node = Json.object();
    putId(node, member.id());
    Json.putIfPresent(node, "name", member.name());
    node.put("weight", member.weight()).put("backup", member.backup());
    node.put("condition", member.condition().name()).put("source", member.source().value());
    Json.putLabels(node, member.labels());
    return node;
  }

  static Member read(JsonNode node) {
    return new Member(
        id(node),
        Json.optionalText(node, "name"),
        node.required("weight").intValue(),
        node.required("backup").booleanValue(),
        Condition.valueOf(Json.text(node, "condition")),
        Json.labels(node),
        new SourceName(Json.text(node, "source")));
  }

  static String writeReport(LastGood report) {
    ObjectNode node = Json.object().put("at", report.at().toString());
    ArrayNode members = node.putArray("members");
    report.members().forEach(member -> members.add(write(member)));
    return Json.write(node);
  }

  static LastGood readReport(String text) {
    JsonNode node = Json.read(text);
    List<Member> members = new ArrayList<>();
    node.required("members").forEach(member -> members.add(read(member)));
    return new LastGood(members, Instant.parse(Json.text(node, "at")), true);
  }
}

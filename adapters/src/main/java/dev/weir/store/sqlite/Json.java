package dev.weir.store.sqlite;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON trees and their text. Reading throws where a part is missing or of another kind. */
final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static String write(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  static JsonNode read(String text) {
    return MAPPER.readTree(text);
  }

  static String text(JsonNode node, String key) {
    return node.required(key).stringValue();
  }

  static Optional<String> optionalText(JsonNode node, String key) {
    return node.has(key) ? Optional.of(text(node, key)) : Optional.empty();
  }

  static void putIfPresent(ObjectNode node, String key, Optional<String> value) {
    value.ifPresent(text -> node.put(key, text));
  }

  static void putLabels(ObjectNode node, SortedMap<String, String> labels) {
    ObjectNode object = node.putObject("labels");
    labels.forEach(object::put);
  }

  static SortedMap<String, String> labels(JsonNode node) {
    SortedMap<String, String> labels = new TreeMap<>();
    for (Map.Entry<String, JsonNode> label : node.required("labels").properties()) {
      labels.put(label.getKey(), label.getValue().stringValue());
    }
    return labels;
  }
}

package dev.weir.source.consul;

import dev.weir.consul.ConsulJson;
import dev.weir.source.consul.Instance.Standing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads what an agent answers about the health of a service. */
final class ServiceJson {

  private static final String SERVICE = "Service";
  private static final String ADDRESS = "Address";

  private ServiceJson() {}

  static List<Instance> instances(Optional<String> body) throws IOException {
    List<Instance> instances = new ArrayList<>();
    for (JsonNode entry : ConsulJson.list(body.orElse("[]"))) {
      instances.add(instance(entry));
    }
    return List.copyOf(instances);
  }

  /** All services, each with the tags that any of its instances has. */
  static SortedMap<String, Set<String>> services(Optional<String> body) throws IOException {
    SortedMap<String, Set<String>> services = new TreeMap<>();
    for (Map.Entry<String, JsonNode> service : ConsulJson.mapping(body.orElse("{}")).properties()) {
      Set<String> tags = new HashSet<>();
      service.getValue().forEach(tag -> tags.add(tag.asString("")));
      if (!service.getKey().isBlank()) {
        services.put(service.getKey(), Set.copyOf(tags));
      }
    }
    return Collections.unmodifiableSortedMap(services);
  }

  private static Instance instance(JsonNode entry) throws IOException {
    JsonNode service = entry.path(SERVICE);
    String id = service.path("ID").asString("");
    String node = entry.path("Node").path(ADDRESS).asString("");
    String own = service.path(ADDRESS).asString("");
    if (id.isEmpty() || (own.isEmpty() && node.isEmpty())) {
      throw ConsulJson.nonsense("an instance without ID or Address");
    }
    return new Instance(
        id,
        own.isEmpty() ? node : own,
        service.path("Port").asInt(0),
        Math.max(1, service.path("Weights").path("Passing").asLong(1)),
        standing(entry.path("Checks"), id),
        labels(entry));
  }

  private static Standing standing(JsonNode checks, String id) {
    Standing worst = Standing.PASSING;
    for (JsonNode check : checks) {
      Standing said = standing(check, id, check.path("CheckID").asString(""));
      worst = said.compareTo(worst) > 0 ? said : worst;
    }
    return worst;
  }

  private static Standing standing(JsonNode check, String id, String name) {
    if (name.equals("_node_maintenance") || name.equals("_service_maintenance:" + id)) {
      return Standing.MAINTENANCE;
    }
    return switch (check.path("Status").asString("")) {
      case "passing" -> Standing.PASSING;
      case "warning" -> Standing.WARNING;
      default -> Standing.CRITICAL;
    };
  }

  private static SortedMap<String, String> labels(JsonNode entry) {
    SortedMap<String, String> labels = new TreeMap<>();
    entry
        .path(SERVICE)
        .path("Meta")
        .properties()
        .forEach(meta -> labels.put(meta.getKey(), meta.getValue().asString("")));
    labels.put("node", entry.path("Node").path("Node").asString(""));
    List<String> tags = new ArrayList<>();
    entry.path(SERVICE).path("Tags").forEach(tag -> tags.add(tag.asString("")));
    labels.put("tags", String.join(",", tags));
    return labels;
  }
}

package dev.weir.source.docker;

import dev.weir.model.Quoted;
import dev.weir.source.docker.Container.Binding;
import dev.weir.source.docker.Container.Phase;
import dev.weir.source.docker.Container.Port;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what a Docker Engine answers. What lacks an essential part is no engine's answer. */
final class EngineJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String ACTION = "Action";
  private static final String STATE = "State";
  private static final String STATUS = "Status";
  private static final Set<String> OF_NETWORKS = Set.of("connect", "disconnect");
  private static final Set<String> OVER = Set.of("exited", "dead", "removing", "created");

  private EngineJson() {}

  /** The versions that an engine speaks, from and to. */
  record Versions(ProtocolVersion oldest, ProtocolVersion newest) {}

  /**
   * More about one container.
   *
   * @param image as it was named when the container was created
   * @param stopSignal the number of the signal that stops it
   * @param startedAt when it was last started; for comparing only
   */
  record Details(String image, int stopSignal, String startedAt) {}

  /** How containers that run no more came to their end, by id. */
  record Stopped(Map<String, String> byId) {
    Stopped {
      byId = Map.copyOf(byId);
    }
  }

  static Versions versions(String body) throws IOException {
    JsonNode root = object(body);
    ProtocolVersion newest = version(root, "ApiVersion");
    boolean tellsOldest = root.has("MinAPIVersion");
    return new Versions(tellsOldest ? version(root, "MinAPIVersion") : newest, newest);
  }

  private static ProtocolVersion version(JsonNode root, String name) throws IOException {
    String text = required(root, name);
    try {
      return ProtocolVersion.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw nonsense("%s is %s".formatted(name, Quoted.of(text)), wrong);
    }
  }

  static List<Container> containers(String body) throws IOException {
    List<Container> containers = new ArrayList<>();
    for (JsonNode node : list(body)) {
      Optional<Phase> phase = phase(node);
      if (phase.isPresent()) {
        containers.add(container(node, phase.get()));
      }
    }
    return containers;
  }

  static Stopped stopped(String body) throws IOException {
    Map<String, String> byId = new HashMap<>();
    for (JsonNode node : list(body)) {
      if (OVER.contains(required(node, STATE))) {
        byId.put(required(node, "Id"), node.path(STATUS).asString(""));
      }
    }
    return new Stopped(byId);
  }

  static Details details(String body) throws IOException {
    JsonNode root = object(body);
    if (!root.path(STATE).isObject()) {
      throw nonsense("a container without State");
    }
    String signal = root.path("Config").path("StopSignal").asString("");
    OptionalInt number = StopSignals.number(signal);
    return new Details(
        root.path("Config").path("Image").asString(""),
        number.orElse(StopSignals.TERM),
        root.path(STATE).path("StartedAt").asString(""));
  }

  /** Reads one event; absent when it concerns no container. */
  static Optional<EngineEvent> event(String line) throws IOException {
    JsonNode root = object(line);
    String type = required(root, "Type");
    String action = required(root, ACTION);
    int colon = action.indexOf(':');
    String plain = colon < 0 ? action : action.substring(0, colon);
    Map<String, String> details = new HashMap<>();
    JsonNode attributes = root.path("Actor").path("Attributes");
    attributes.properties().forEach(e -> details.put(e.getKey(), e.getValue().asString("")));
    String container =
        switch (type) {
          case "container" -> root.path("Actor").path("ID").asString("");
          case "network" ->
              OF_NETWORKS.contains(plain) ? details.getOrDefault("container", "") : "";
          default -> "";
        };
    return container.isEmpty()
        ? Optional.empty()
        : Optional.of(new EngineEvent(container, plain, details));
  }

  /** The message of an error, to be added to a sentence; empty when there is none. */
  static String message(String body) {
    try {
      String message = MAPPER.readTree(body).path("message").asString("");
      return message.isEmpty() ? "" : ": " + Quoted.of(message);
    } catch (JacksonException none) {
      return "";
    }
  }

  private static Container container(JsonNode node, Phase phase) throws IOException {
    return new Container(
        required(node, "Id"),
        name(node),
        node.path("Image").asString(""),
        phase,
        texts(node.path("Labels")),
        ports(node.path("Ports")),
        networks(node.path("NetworkSettings").path("Networks")));
  }

  /** The phase of a container that runs or is paused. */
  private static Optional<Phase> phase(JsonNode node) throws IOException {
    String state = required(node, STATE);
    if (state.equals("paused")) {
      return Optional.of(Phase.PAUSED);
    }
    if (!state.equals("running")) {
      return Optional.empty();
    }
    String status = node.path(STATUS).asString("");
    String health = node.path("Health").path(STATUS).asString("");
    if (health.equals("starting") || status.contains("(health: starting)")) {
      return Optional.of(Phase.STARTING);
    }
    boolean unhealthy = health.equals("unhealthy") || status.contains("(unhealthy)");
    return Optional.of(unhealthy ? Phase.UNHEALTHY : Phase.RUNNING);
  }

  /** The name without its slash; further names, with two slashes, are those of old links. */
  private static String name(JsonNode node) throws IOException {
    for (JsonNode each : node.path("Names")) {
      String name = each.asString("");
      if (name.startsWith("/") && name.indexOf('/', 1) < 0 && name.length() > 1) {
        return name.substring(1);
      }
    }
    throw nonsense("a container without a name");
  }

  private static SortedMap<String, String> texts(JsonNode node) {
    SortedMap<String, String> texts = new TreeMap<>();
    node.properties().forEach(e -> texts.put(e.getKey(), e.getValue().asString("")));
    return texts;
  }

  private static List<Port> ports(JsonNode node) {
    List<Port> ports = new ArrayList<>();
    for (JsonNode each : node) {
      int inside = each.path("PrivatePort").asInt(0);
      int outside = each.path("PublicPort").asInt(0);
      if (each.path("Type").asString("").equals("tcp") && isPort(inside)) {
        Binding binding = new Binding(each.path("IP").asString("0.0.0.0"), outside);
        ports.add(new Port(inside, isPort(outside) ? Optional.of(binding) : Optional.empty()));
      }
    }
    return ports;
  }

  private static boolean isPort(int number) {
    return number > 0 && number < 65536;
  }

  private static SortedMap<String, String> networks(JsonNode node) {
    SortedMap<String, String> networks = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      String ipv4 = each.getValue().path("IPAddress").asString("");
      String ipv6 = each.getValue().path("GlobalIPv6Address").asString("");
      networks.put(each.getKey(), ipv4.isEmpty() ? ipv6 : ipv4);
    }
    return networks;
  }

  private static JsonNode object(String body) throws IOException {
    JsonNode root = tree(body);
    if (!root.isObject()) {
      throw nonsense(Quoted.of(body));
    }
    return root;
  }

  private static JsonNode list(String body) throws IOException {
    JsonNode root = tree(body);
    if (!root.isArray()) {
      throw nonsense(Quoted.of(body));
    }
    return root;
  }

  private static JsonNode tree(String body) throws IOException {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException wrong) {
      throw nonsense(body.isEmpty() ? "nothing" : Quoted.of(body), wrong);
    }
  }

  private static String required(JsonNode node, String name) throws IOException {
    String value = node.path(name).asString("");
    if (value.isEmpty()) {
      throw nonsense("something without " + name);
    }
    return value;
  }

  private static IOException nonsense(String what) {
    return nonsense(what, null);
  }

  private static IOException nonsense(String what, @Nullable Exception e) {
    return new IOException("not the answer of a Docker Engine: " + what, e);
  }
}

package dev.weir.consul;

import dev.weir.model.Quoted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what an agent answers. */
public final class ConsulJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ConsulJson() {}

  /**
   * The items of a list.
   *
   * @throws IOException when it is none
   */
  public static List<JsonNode> list(String body) throws IOException {
    JsonNode root = root(body);
    if (!root.isArray()) {
      throw nonsense(shown(body));
    }
    List<JsonNode> items = new ArrayList<>();
    root.forEach(items::add);
    return items;
  }

  /**
   * A mapping.
   *
   * @throws IOException when it is none
   */
  public static JsonNode mapping(String body) throws IOException {
    JsonNode root = root(body);
    if (!root.isObject()) {
      throw nonsense(shown(body));
    }
    return root;
  }

  private static JsonNode root(String body) throws IOException {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException wrong) {
      throw nonsense(shown(body), wrong);
    }
  }

  /** The failure of an answer that is none. */
  public static IOException nonsense(String what) {
    return new IOException("not the answer of a Consul agent: " + what);
  }

  /** The same with what the reader said. */
  public static IOException nonsense(String what, Exception cause) {
    return new IOException("not the answer of a Consul agent: " + what, cause);
  }

  private static String shown(String body) {
    return body.isEmpty() ? "nothing" : Quoted.of(body);
  }
}

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
    try {
      JsonNode root = MAPPER.readTree(body);
      if (root.isArray()) {
        List<JsonNode> items = new ArrayList<>();
        root.forEach(items::add);
        return items;
      }
    } catch (JacksonException wrong) {
      throw nonsense(shown(body), wrong);
    }
    throw nonsense(shown(body));
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

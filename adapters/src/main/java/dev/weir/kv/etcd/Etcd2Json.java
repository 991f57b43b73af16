package dev.weir.kv.etcd;

import dev.weir.model.Quoted;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what version 2 answers. */
final class Etcd2Json {

  /** There is nothing of that name. */
  static final int KEY_NOT_FOUND = 100;

  /** The history does not reach back to the index that was asked for. */
  static final int HISTORY_CLEARED = 401;

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private Etcd2Json() {}

  /**
   * Everything at and below a key.
   *
   * @param index that of the store when it was read
   */
  record Snapshot(long index, SortedMap<String, String> pairs) {
    Snapshot {
      pairs = Collections.unmodifiableSortedMap(new TreeMap<>(pairs));
    }

    Snapshot without(String key) {
      SortedMap<String, String> others = new TreeMap<>(pairs);
      others.remove(key);
      return new Snapshot(index, others);
    }
  }

  /** The code of an error; 0 for what is none. */
  static int code(String body) {
    try {
      return MAPPER.readTree(body).path("errorCode").asInt(0);
    } catch (JacksonException none) {
      return 0;
    }
  }

  /** The snapshot that an error stands for which says that there is nothing. */
  static Snapshot nothing(String body) throws IOException {
    return new Snapshot(tree(body).path("index").asLong(0), new TreeMap<>());
  }

  static Snapshot snapshot(long index, String body) throws IOException {
    JsonNode top = tree(body).path("node");
    if (!top.isObject()) {
      throw nonsense(body, null);
    }
    SortedMap<String, String> pairs = new TreeMap<>();
    Deque<JsonNode> ahead = new ArrayDeque<>();
    ahead.add(top);
    while (!ahead.isEmpty()) {
      JsonNode node = ahead.remove();
      if (node.path("dir").asBoolean(false)) {
        node.path("nodes").forEach(ahead::add);
      } else {
        pairs.put(node.path("key").asString(""), node.path("value").asString(""));
      }
    }
    return new Snapshot(index, pairs);
  }

  private static JsonNode tree(String body) throws IOException {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException wrong) {
      throw nonsense(body, wrong);
    }
  }

  private static IOException nonsense(String body, @Nullable Exception cause) {
    String shown = body.isEmpty() ? "nothing" : Quoted.of(body);
    return new IOException("not the answer of an etcd: " + shown, cause);
  }
}

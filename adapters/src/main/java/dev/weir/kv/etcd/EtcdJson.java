package dev.weir.kv.etcd;

import dev.weir.kv.etcd.KeyRanges.KeyRange;
import dev.weir.model.Quoted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Writes questions to a member and reads its answers. What lacks a header is no answer of etcd. */
final class EtcdJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final String KEY = "key";
  private static final String RANGE_END = "range_end";

  private EtcdJson() {}

  /** Which store answered, and at which revision it was. */
  record Header(String cluster, long revision) {}

  /** All pairs of some ranges. */
  record Snapshot(Header header, SortedMap<String, String> pairs) {}

  /**
   * What is newest in some ranges.
   *
   * @param modified the highest revision at which a key that is there was written; 0 without keys
   * @param count how many keys there are
   */
  record Newest(Header header, long modified, long count) {}

  /** Something that happened to a key. */
  sealed interface Change {
    record Put(String key, String value) implements Change {}

    record Delete(String key) implements Change {}
  }

  /**
   * A line of a watch.
   *
   * @param canceled why the member ended the watch; absent while it goes on
   */
  record WatchAnswer(Header header, List<Change> changes, Optional<String> canceled) {}

  /**
   * An error.
   *
   * @param code of gRPC; 0 where the answer has none
   */
  record Failure(int code, String message) {}

  static String readQuestion(KeyRanges ranges) {
    return json(
        Map.of(
            "success",
            ranges.ranges().stream().map(range -> Map.of("request_range", range(range))).toList()));
  }

  static String newestQuestion(KeyRanges ranges) {
    List<Map<String, Object>> questions = new ArrayList<>();
    for (KeyRange range : ranges.ranges()) {
      Map<String, Object> question = range(range);
      question.put("limit", "1");
      question.put("keys_only", true);
      question.put("sort_order", "DESCEND");
      question.put("sort_target", "MOD");
      questions.add(Map.of("request_range", question));
    }
    return json(Map.of("success", questions));
  }

  /** One request per range, one after the other. */
  static String watchQuestion(KeyRanges ranges, long revision) {
    StringBuilder all = new StringBuilder();
    for (KeyRange range : ranges.ranges()) {
      Map<String, Object> create = range(range);
      create.put("start_revision", Long.toString(revision));
      all.append(json(Map.of("create_request", create))).append('\n');
    }
    return all.toString();
  }

  static String loginQuestion(String user, String password) {
    return json(Map.of("name", user, "password", password));
  }

  private static Map<String, Object> range(KeyRange range) {
    Map<String, Object> json = new TreeMap<>();
    json.put(KEY, range.from());
    if (!range.to().isEmpty()) {
      json.put(RANGE_END, range.to());
    }
    return json;
  }

  private static String json(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  static String token(String body) throws IOException {
    String token = tree(body).path("token").asString("");
    if (token.isEmpty()) {
      throw nonsense("no token", null);
    }
    return token;
  }

  static Newest newest(String body) throws IOException {
    JsonNode root = tree(body);
    long modified = 0;
    long count = 0;
    for (JsonNode response : root.path("responses")) {
      JsonNode range = response.path("response_range");
      count += number(range.path("count"));
      for (JsonNode pair : range.path("kvs")) {
        modified = Math.max(modified, number(pair.path("mod_revision")));
      }
    }
    return new Newest(header(root), modified, count);
  }

  private static long number(JsonNode node) {
    String text = node.asString("0");
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  static Snapshot snapshot(String body) throws IOException {
    JsonNode root = tree(body);
    SortedMap<String, String> pairs = new TreeMap<>();
    for (JsonNode response : root.path("responses")) {
      for (JsonNode pair : response.path("response_range").path("kvs")) {
        pairs.put(text(pair, KEY), text(pair, "value"));
      }
    }
    if (!root.path("responses").isArray()) {
      throw nonsense("an answer without responses", null);
    }
    return new Snapshot(header(root), pairs);
  }

  static WatchAnswer watchAnswer(String line) throws IOException {
    JsonNode root = tree(line);
    if (root.has("error")) {
      throw new IOException(
          "watch ended: " + Quoted.of(root.path("error").path("message").asString(line)));
    }
    JsonNode result = root.path("result");
    List<Change> changes = new ArrayList<>();
    for (JsonNode event : result.path("events")) {
      String key = text(event.path("kv"), KEY);
      changes.add(
          event.path("type").asString("PUT").equals("DELETE")
              ? new Change.Delete(key)
              : new Change.Put(key, text(event.path("kv"), "value")));
    }
    Optional<String> canceled =
        result.path("canceled").asBoolean(false) ? Optional.of(reason(result)) : Optional.empty();
    return new WatchAnswer(header(result), changes, canceled);
  }

  private static String reason(JsonNode result) {
    return result.has("compact_revision")
        ? "compacted at revision " + result.path("compact_revision").asString("")
        : result.path("cancel_reason").asString("canceled");
  }

  /** What an error says; nothing when it is none of etcd's. */
  static Failure error(String body) {
    try {
      JsonNode root = MAPPER.readTree(body);
      String message = root.path("message").asString("");
      return new Failure(
          root.path("code").asInt(0),
          message.isEmpty() ? root.path("error").asString("") : message);
    } catch (JacksonException none) {
      return new Failure(0, "");
    }
  }

  private static Header header(JsonNode node) throws IOException {
    JsonNode header = node.path("header");
    String revision = header.path("revision").asString("");
    if (!revision.matches("[0-9]{1,18}")) {
      throw nonsense("an answer without its revision", null);
    }
    return new Header(header.path("cluster_id").asString(""), Long.parseLong(revision));
  }

  private static String text(JsonNode node, String name) throws IOException {
    try {
      byte[] bytes = Base64.getDecoder().decode(node.path(name).asString(""));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException wrong) {
      throw nonsense(name + " is not in base64", wrong);
    }
  }

  private static JsonNode tree(String body) throws IOException {
    try {
      JsonNode root = MAPPER.readTree(body);
      if (root.isObject()) {
        return root;
      }
    } catch (JacksonException wrong) {
      throw nonsense(body.isEmpty() ? "nothing" : Quoted.of(body), wrong);
    }
    throw nonsense(body.isEmpty() ? "nothing" : Quoted.of(body), null);
  }

  private static IOException nonsense(String what, @Nullable Exception cause) {
    return new IOException("not the answer of an etcd: " + what, cause);
  }
}

package dev.weir.app.json;

import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A JSON object: its fields in the order written. A field that is absent is not written at all, and
 * {@code null} reads as absent. Values are texts, numbers, booleans, objects and lists of them.
 * Used by one thread while it is built.
 */
public final class JsonObject {

  private final Map<String, Object> fields = new LinkedHashMap<>();

  /** Sets a text, a number, a boolean, an object, a list or a time; returns this. */
  public JsonObject with(String key, Object value) {
    fields.put(key, plain(value));
    return this;
  }

  /**
   * Sets a list of objects, each of which is made when it is written, and forgotten then: of ten
   * thousand, no two are there at once. Returns this.
   *
   * @param json makes one; called whenever it is read, so possibly more than once, with the same
   *     outcome
   */
  public <T> JsonObject withEach(String key, List<T> items, Function<T, JsonObject> json) {
    List<T> all = List.copyOf(items);
    fields.put(
        key,
        new AbstractList<JsonObject>() {
          @Override
          public JsonObject get(int index) {
            return json.apply(all.get(index));
          }

          @Override
          public int size() {
            return all.size();
          }
        });
    return this;
  }

  /** Sets a field to a value that is a tree already. */
  void put(String key, Object tree) {
    fields.put(key, tree);
  }

  /** Sets a field where there is a value; returns this. */
  public JsonObject with(String key, Optional<?> value) {
    value.ifPresent(present -> fields.put(key, plain(present)));
    return this;
  }

  /** Sets a number where there is one; returns this. */
  public JsonObject with(String key, OptionalLong value) {
    value.ifPresent(present -> fields.put(key, present));
    return this;
  }

  /** Sets a field to {@code null}, for what a reader expects to find in any case; returns this. */
  public JsonObject withNull(String key) {
    fields.put(key, Nothing.NULL);
    return this;
  }

  /** The value {@code null}, which Java's own cannot stand for in a tree. */
  enum Nothing {
    NULL
  }

  /** The fields, in order. */
  public Map<String, Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  /** The text of a field; absent where it is absent or something else. */
  public Optional<String> text(String key) {
    return fields.get(key) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  /** The number of a field, cut to a whole one; absent where it is absent or something else. */
  public OptionalLong number(String key) {
    return fields.get(key) instanceof Number n
        ? OptionalLong.of(n.longValue())
        : OptionalLong.empty();
  }

  /** The number of a field; absent where it is absent or something else. */
  public OptionalDouble decimal(String key) {
    return fields.get(key) instanceof Number n
        ? OptionalDouble.of(n.doubleValue())
        : OptionalDouble.empty();
  }

  /** Whether the field is there and true. */
  public boolean isTrue(String key) {
    return Boolean.TRUE.equals(fields.get(key));
  }

  /** The object of a field; absent where it is absent or something else. */
  public Optional<JsonObject> object(String key) {
    return fields.get(key) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
  }

  /** The objects in the list of a field; empty where there are none. */
  public List<JsonObject> objects(String key) {
    return elements(key, JsonObject.class);
  }

  /** The texts in the list of a field; empty where there are none. */
  public List<String> texts(String key) {
    return elements(key, String.class);
  }

  private <T> List<T> elements(String key, Class<T> type) {
    return fields.get(key) instanceof List<?> list
        ? list.stream().filter(type::isInstance).map(type::cast).toList()
        : List.of();
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Instant time -> Json.time(time);
      case Duration duration -> duration.toNanos() / 1e9;
      case List<?> list -> list.stream().map(JsonObject::plain).toList();
      case String ignored -> value;
      case Number ignored -> value;
      case Boolean ignored -> value;
      case JsonObject ignored -> value;
      case Nothing ignored -> value;
      default -> value.toString();
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonObject object && fields.equals(object.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  /** As JSON, on one line. */
  @Override
  public String toString() {
    return Json.write(this);
  }
}

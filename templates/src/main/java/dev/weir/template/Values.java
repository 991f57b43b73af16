package dev.weir.template;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes values of plain Java trees, such as parsed JSON and YAML. */
public final class Values {
  /** How deep a tree may be. */
  private static final int DEPTH = 500;

  private final Set<Object> path = Collections.newSetFromMap(new IdentityHashMap<>());

  private Values() {}

  /**
   * The value of a tree of null, booleans, numbers, texts, lists and maps; what is a value already
   * stays as it is.
   *
   * @throws IllegalArgumentException for anything else, for an integer beyond 64 bits, and for a
   *     tree that contains itself or is nested more than 500 deep; the message names the place
   */
  public static Value of(@Nullable Object tree) {
    return new Values().convert(tree, "data");
  }

  private Value convert(@Nullable Object tree, String place) {
    return switch (tree) {
      case null -> Null.NULL;
      case Value value -> value;
      case Boolean value -> Bool.of(value);
      case Byte value -> Int.of(value);
      case Short value -> Int.of(value);
      case Integer value -> Int.of(value);
      case Long value -> Int.of(value);
      case BigInteger value -> whole(value, place);
      case Number value -> new Real(value.doubleValue());
      case CharSequence value -> Text.of(value.toString());
      case Map<?, ?> map -> nested(map, place, () -> map(map, place));
      case Iterable<?> items -> nested(items, place, () -> list(items, place));
      default ->
          throw refused(
              place, tree.getClass().getName(), "null, a boolean, number, text, list or map");
    };
  }

  private static Value whole(BigInteger value, String place) {
    if (value.bitLength() > 63) {
      throw refused(place, shortened(value), "an integer of 64 bits; write it as a text");
    }
    return Int.of(value.longValue());
  }

  private static String shortened(BigInteger value) {
    return value.bitLength() > 200 ? "an integer of " + value.bitLength() + " bits" : "" + value;
  }

  private Value nested(Object container, String place, Supplier<Value> inner) {
    if (!path.add(container)) {
      throw refused(place, "contains itself", "a tree");
    }
    if (path.size() > DEPTH) {
      throw refused(place, "nested too deep", "at most " + DEPTH + " levels");
    }
    try {
      return inner.get();
    } finally {
      path.remove(container);
    }
  }

  private Value map(Map<?, ?> map, String place) {
    Map<Value, Value> entries = LinkedHashMap.newLinkedHashMap(map.size());
    Type keys = Type.TEXT;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      Value key = convert(entry.getKey(), place);
      if (!(key instanceof Text)) {
        keys = Type.ANY;
      }
      entries.put(key, convert(entry.getValue(), place + "." + entry.getKey()));
    }
    return new PlainMap(new Type.MapOf(keys, Type.ANY), entries);
  }

  private Value list(Iterable<?> items, String place) {
    List<Value> values = new ArrayList<>();
    for (Object item : items) {
      values.add(convert(item, place + "[" + values.size() + "]"));
    }
    return ListValue.of(values);
  }

  private static IllegalArgumentException refused(String place, String value, String expected) {
    return new IllegalArgumentException(
        abbreviated(place) + ": " + value + " (expected: " + expected + ")");
  }

  private static String abbreviated(String place) {
    return place.length() <= 120 ? place : place.substring(0, 117) + "...";
  }
}

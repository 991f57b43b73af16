package dev.weir.template;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values by key, in the order in which they were put in. */
public non-sealed interface MapValue extends Value {
  /** How many entries there are. */
  int size();

  /** The value of a key, or null where there is none; keys are equal as values are. */
  @Nullable Value get(Value key);

  /** All entries, in order; a view that cannot be changed. */
  Collection<Map.Entry<Value, Value>> entries();

  @Override
  Type.MapOf type();

  /** A map from texts to anything. */
  static MapValue of(Map<String, ? extends Value> entries) {
    Map<Value, Value> copy = LinkedHashMap.newLinkedHashMap(entries.size());
    entries.forEach((key, value) -> copy.put(Text.of(key), value));
    return new PlainMap(new Type.MapOf(Type.TEXT, Type.ANY), copy);
  }

  /** A map whose keys and values are declared, for languages that look at it. */
  static MapValue of(Type.MapOf type, Map<? extends Value, ? extends Value> entries) {
    return new PlainMap(type, new LinkedHashMap<>(entries));
  }
}

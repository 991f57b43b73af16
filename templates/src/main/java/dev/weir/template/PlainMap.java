package dev.weir.template;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A map that never changes: whoever makes one hands over a copy. */
record PlainMap(Type.MapOf type, Map<Value, Value> values) implements MapValue {
  PlainMap {
    values = Collections.unmodifiableMap(values);
  }

  @Override
  public int size() {
    return values.size();
  }

  @Override
  public @Nullable Value get(Value key) {
    return values.get(key);
  }

  @Override
  public Collection<Map.Entry<Value, Value>> entries() {
    return values.entrySet();
  }
}

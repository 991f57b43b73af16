package dev.weir.template.jinja.value;

import dev.weir.template.MapValue;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A dict that a template has made and may change. Belongs to one run. */
public final class PyDict implements MapValue {

  private static final Type.MapOf TYPE = new Type.MapOf(Type.ANY, Type.ANY);

  /** By key as {@link Keys} unites them; the entry has the key as it was written first. */
  private final Map<Value, Map.Entry<Value, Value>> entries = new LinkedHashMap<>();

  /** A dict from names. */
  public static PyDict of(Map<String, ? extends Value> named) {
    PyDict dict = new PyDict();
    named.forEach((name, value) -> dict.put(Text.of(name), value));
    return dict;
  }

  /** Sets a value; a key that is there keeps its place. */
  public void put(Value key, Value value) {
    var _ =
        entries.merge(
            Keys.of(key), Map.entry(key, value), (old, now) -> Map.entry(old.getKey(), value));
  }

  /** Takes an entry out; its value, or null where there is none. */
  public @Nullable Value remove(Value key) {
    Map.Entry<Value, Value> removed = entries.remove(Keys.of(key));
    return removed == null ? null : removed.getValue();
  }

  /** Takes all entries out. */
  public void clear() {
    entries.clear();
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public @Nullable Value get(Value key) {
    Map.Entry<Value, Value> entry = entries.get(Keys.of(key));
    return entry == null ? null : entry.getValue();
  }

  @Override
  public Collection<Map.Entry<Value, Value>> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  @Override
  public Type.MapOf type() {
    return TYPE;
  }
}

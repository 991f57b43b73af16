package dev.weir.template.jinja.value;

import dev.weir.template.Value;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is handed over in a call: values by place, then values by name. */
public record Args(List<Value> positional, Map<String, Value> named) {
  /** No arguments. */
  public static final Args NONE = new Args(List.of(), Map.of());

  public Args {
    positional = List.copyOf(positional);
    named = named.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(named));
  }

  /** Arguments by place. */
  public static Args of(Value... positional) {
    return new Args(List.of(positional), Map.of());
  }

  /** These without the first places. */
  public Args after(int places) {
    return new Args(
        positional.subList(Math.min(places, positional.size()), positional.size()), named);
  }
}

package dev.weir.template.jinja.value;

import dev.weir.template.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in an order that never changes, written in round brackets.
 *
 * @param names what the first items can also be called by; usually none
 */
public record Tuple(List<Value> items, List<String> names) implements PyValue {
  public Tuple {
    items = List.copyOf(items);
    names = List.copyOf(names);
  }

  /** A tuple of items without names. */
  public Tuple(List<Value> items) {
    this(items, List.of());
  }

  /** A tuple of these. */
  public static Tuple of(Value... items) {
    return new Tuple(List.of(items));
  }

  /** The item of a name, or null. */
  @Nullable Value named(String name) {
    int index = names.indexOf(name);
    return index < 0 ? null : items.get(index);
  }
}

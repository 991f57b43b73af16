package dev.weir.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Named fields in a fixed order.
 *
 * @param type its name and fields
 * @param values one for each field, in the order of the type
 */
public record RecordValue(Type.Fields type, List<Value> values) implements Value {
  public RecordValue {
    values = List.copyOf(values);
    if (values.size() != type.fields().size()) {
      throw new IllegalArgumentException(
          values.size() + " values (expected: " + type.fields().size() + ", " + type.name() + ")");
    }
  }

  /** The value of a field, or null where there is no such field. */
  public @Nullable Value get(String field) {
    int index = type.indexOf(field);
    return index < 0 ? null : values.get(index);
  }
}

package dev.weir.template.jinja.run;

import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Truth;
import dev.weir.template.jinja.value.Undefined;
import org.jspecify.annotations.Nullable;

/** Filters for any value. */
final class ValueFilters {

  private ValueFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "default", "d" ->
          Library.filter(name, "?default_value ?boolean", (v, a, c) -> byDefault(v, a));
      case "attr" -> Library.filter(name, "name", (v, a, c) -> c.memberOnly(v, Show.str(a.get(0))));
      case "pprint" -> Library.filter(name, "", (v, a, c) -> Text.of(PrettyPrint.of(v)));
      default -> null;
    };
  }

  private static Value byDefault(Value value, Bound args) {
    boolean missing = value instanceof Undefined || (args.isTrue(1, false) && !Truth.of(value));
    return missing ? args.get(0, Text.EMPTY) : value;
  }
}

package dev.weir.template.jinja.run;

import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Truth;
import dev.weir.template.jinja.value.Undefined;

/** Filters for any value. */
final class ValueFilters {

  private ValueFilters() {}

  static void into(Library library) {
    library.filter("default", "?default_value ?boolean", (v, a, c) -> byDefault(v, a));
    library.filter("d", "?default_value ?boolean", (v, a, c) -> byDefault(v, a));
    library.filter("attr", "name", (v, a, c) -> c.memberOnly(v, Show.str(a.get(0))));
    library.filter("pprint", "", (v, a, c) -> Text.of(PrettyPrint.of(v)));
  }

  private static Value byDefault(Value value, Bound args) {
    boolean missing = value instanceof Undefined || (args.isTrue(1, false) && !Truth.of(value));
    return missing ? args.get(0, Text.EMPTY) : value;
  }
}

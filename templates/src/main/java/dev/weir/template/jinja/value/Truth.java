package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.ObjectValue;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Special;
import dev.weir.template.Text;
import dev.weir.template.Value;

/** What counts as true: all but zero, nothing and what is empty. */
public final class Truth {

  private Truth() {}

  /** Whether a value counts as true. */
  public static boolean of(Value value) {
    return switch (value) {
      case Bool bool -> bool.isTrue();
      case Null _ -> false;
      case Text text -> !text.toString().isEmpty();
      case Int number -> number.value() != 0;
      case Real real -> real.value() != 0;
      case ListValue list -> list.size() > 0;
      case MapValue map -> map.size() > 0;
      case RecordValue _, ObjectValue _, FunctionValue _ -> true;
      case Special special -> special((PyValue) special);
    };
  }

  private static boolean special(PyValue value) {
    return switch (value) {
      case Markup markup -> !markup.text().isEmpty();
      case Tuple tuple -> !tuple.items().isEmpty();
      case Range range -> range.size() > 0;
      case DictView view -> view.dict().size() > 0;
      case Undefined undefined -> {
        undefined.look();
        yield false;
      }
      case Lazy _, PyObject _ -> true;
    };
  }
}

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
import org.jspecify.annotations.Nullable;

/** Keys of dicts: 1, 1.0 and True are one, and so are a text and the same text as markup. */
public final class Keys {

  private Keys() {}

  /** One value for all that are equal; fails for what cannot be a key. */
  public static Value of(Value key) {
    return switch (key) {
      case Text text -> text;
      case Int number -> number.kind() == Int.Kind.SIGNED ? number : Int.of(number.value());
      case Bool bool -> Int.of(bool.isTrue() ? 1 : 0);
      case Real real -> real(real);
      case Null none -> none;
      case RecordValue record -> record;
      case ObjectValue object -> object;
      case FunctionValue function -> function;
      case ListValue _, MapValue _ -> throw unhashable(key);
      case Special special -> special((PyValue) special);
    };
  }

  private static Value real(Real real) {
    double value = real.value();
    return value == Math.rint(value) && Math.abs(value) < 0x1p63 ? Int.of((long) value) : real;
  }

  private static Value special(PyValue value) {
    return switch (value) {
      case Markup markup -> Text.of(markup.text());
      case Tuple tuple -> new Tuple(tuple.items().stream().map(Keys::of).toList());
      case Undefined undefined -> {
        undefined.look();
        yield undefined;
      }
      case DictView _ -> throw unhashable(value);
      case Range range -> range;
      case Lazy lazy -> lazy;
      case PyObject object -> object;
    };
  }

  private static Failure unhashable(Value value) {
    return new Failure("unhashable type: '" + Types.name(value) + "'");
  }

  /** The value of a key in any dict, or null. */
  public static @Nullable Value get(MapValue dict, Value key) {
    Value one = of(key);
    Value found = dict.get(one);
    if (found == null && one instanceof Int number && !(dict instanceof PyDict)) {
      found = dict.get(new Real(number.value()));
      if (found == null && (number.value() >> 1) == 0) {
        found = dict.get(Bool.of(number.value() == 1));
      }
    }
    return found;
  }
}

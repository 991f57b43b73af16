package dev.weir.template.jinja.run;

import dev.weir.template.Int;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The way to a part of each item, written as {@code a.b.0}. */
final class Attributes {

  private Attributes() {}

  /**
   * Goes to the part that an attribute names; to the item itself for {@code None}.
   *
   * @param otherwise in place of what does not exist; {@code None} for none
   */
  static UnaryOperator<Value> getter(Value attribute, Value otherwise, Context context) {
    List<Value> path = path(attribute);
    return item -> {
      Value part = item;
      for (Value step : path) {
        part = context.item(part, step);
        if (part instanceof Undefined && otherwise != Null.NULL) {
          part = otherwise;
        }
      }
      return part;
    };
  }

  private static List<Value> path(Value attribute) {
    if (attribute == Null.NULL) {
      return List.of();
    }
    if (!Types.isText(attribute)) {
      return List.of(attribute);
    }
    List<Value> path = new ArrayList<>();
    for (String step : Types.text(attribute).split("\\.", -1)) {
      boolean number =
          !step.isEmpty() && step.length() < 10 && step.chars().allMatch(Character::isDigit);
      path.add(number ? Int.of(Integer.parseInt(step)) : Text.of(step));
    }
    return path;
  }

  /** What items are ordered by: one part, or several with commas between them. */
  static UnaryOperator<Value> order(Value attribute, boolean caseSensitive, Context context) {
    List<UnaryOperator<Value>> getters =
        Types.isText(attribute)
            ? Arrays.stream(Show.str(attribute).split(",", -1))
                .map(each -> getter(Text.of(each), Null.NULL, context))
                .toList()
            : List.of(getter(attribute, Null.NULL, context));
    return item ->
        new Tuple(
            getters.stream()
                .map(getter -> getter.apply(item))
                .map(part -> caseSensitive ? part : TextFilters.caseless(part))
                .toList());
  }
}

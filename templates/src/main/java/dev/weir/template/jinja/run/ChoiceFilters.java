package dev.weir.template.jinja.run;

import dev.weir.template.Null;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Lazy;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Truth;
import dev.weir.template.jinja.value.Types;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Filters that use another filter or a test on each item. */
final class ChoiceFilters {

  private ChoiceFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "map" -> ChoiceFilters::map;
      case "select" -> (v, a, c) -> chosen(v, test(a, c), c);
      case "reject" -> (v, a, c) -> chosen(v, test(a, c).negate(), c);
      case "selectattr" -> (v, a, c) -> chosen(v, attributeTest(a, c), c);
      case "rejectattr" -> (v, a, c) -> chosen(v, attributeTest(a, c).negate(), c);
      default -> null;
    };
  }

  private static Value map(Value value, Args args, Context context) {
    UnaryOperator<Value> change = change(args, context);
    Iterator<Value> items = items(value);
    return Lazy.of(() -> {
      context.budget().step();
      return items.hasNext() ? change.apply(items.next()) : null;
    });
  }

  private static Iterator<Value> items(Value value) {
    return Truth.of(value) ? Iterate.over(value) : Collections.emptyIterator();
  }

  private static UnaryOperator<Value> change(Args args, Context context) {
    if (args.positional().isEmpty() && args.named().containsKey("attribute")) {
      Map<String, Value> named = new LinkedHashMap<>(args.named());
      Value attribute = named.remove("attribute");
      Value otherwise = named.remove("default");
      if (!named.isEmpty()) {
        throw new Failure("Unexpected keyword argument '" + named.keySet().iterator().next() + "'");
      }
      return Attributes.getter(
          attribute == null ? Null.NULL : attribute,
          otherwise == null ? Null.NULL : otherwise,
          context);
    }
    if (args.positional().isEmpty()) {
      throw new Failure("map requires a filter argument");
    }
    String name = name(args.positional().getFirst());
    Args rest = args.after(1);
    return item -> context.filter(name, item, rest);
  }

  private static String name(Value given) {
    if (!Types.isText(given)) {
      throw new Failure("expected the name of a filter or test, not " + Show.repr(given));
    }
    return Types.text(given);
  }

  private static Predicate<Value> test(Args args, Context context) {
    if (args.positional().isEmpty()) {
      return Truth::of;
    }
    String name = name(args.positional().getFirst());
    Args rest = args.after(1);
    return item -> context.test(name, item, rest);
  }

  private static Predicate<Value> attributeTest(Args args, Context context) {
    if (args.positional().isEmpty()) {
      throw new Failure("Missing parameter for attribute name");
    }
    UnaryOperator<Value> part = Attributes.getter(args.positional().getFirst(), Null.NULL, context);
    Predicate<Value> test = test(args.after(1), context);
    return item -> test.test(part.apply(item));
  }

  private static Value chosen(Value value, Predicate<Value> wanted, Context context) {
    Iterator<Value> items = items(value);
    return Lazy.of(() -> {
      while (items.hasNext()) {
        context.budget().step();
        Value item = items.next();
        if (wanted.test(item)) {
          return item;
        }
      }
      return null;
    });
  }
}

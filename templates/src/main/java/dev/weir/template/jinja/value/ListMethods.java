package dev.weir.template.jinja.value;

import dev.weir.template.ListValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The methods of lists; lists that were handed in as data cannot be changed. */
final class ListMethods {

  private ListMethods() {}

  static @Nullable Value get(ListValue list, String name, Budget budget) {
    return switch (name) {
      case "append" -> changing(list, name, "object", (l, a) -> append(l, a, budget));
      case "extend" -> changing(list, name, "iterable", (l, a) -> extend(l, a, budget));
      case "insert" -> changing(list, name, "index object", ListMethods::insert);
      case "remove" -> changing(list, name, "value", ListMethods::remove);
      case "pop" -> changing(list, name, "?index", ListMethods::pop);
      case "clear" -> changing(list, name, "", (l, a) -> cleared(l));
      case "reverse" -> changing(list, name, "", (l, a) -> reversed(l));
      case "sort" -> changing(list, name, "?key ?reverse", ListMethods::sort);
      case "copy" -> Callable.of(name, args -> new PyList(Iterate.all(list, budget)));
      default -> SequenceMethods.get(list, name, budget);
    };
  }

  private static Value changing(
      ListValue list, String name, String parameters, BiFunction<List<Value>, Bound, Value> body) {
    Signature signature = Signature.of(name, parameters);
    return Callable.of(
        name,
        args -> {
          if (!(list instanceof PyList own)) {
            throw new Failure(
                name + "() would change the data that was handed in; copy it first: [] + list");
          }
          return body.apply(own.items(), signature.bind(args));
        });
  }

  private static Value append(List<Value> items, Bound args, Budget budget) {
    budget.reserve(1);
    var _ = items.add(args.get(0));
    return Null.NULL;
  }

  private static Value extend(List<Value> items, Bound args, Budget budget) {
    List<Value> more = Iterate.all(args.get(0), budget);
    budget.reserve(more.size());
    var _ = items.addAll(more);
    return Null.NULL;
  }

  private static Value insert(List<Value> items, Bound args) {
    items.add(SequenceMethods.place(args.get(0), 0, items.size()), args.get(1));
    return Null.NULL;
  }

  private static Value remove(List<Value> items, Bound args) {
    for (int i = 0; i < items.size(); i++) {
      if (Compare.equal(items.get(i), args.get(0))) {
        var _ = items.remove(i);
        return Null.NULL;
      }
    }
    throw new Failure("list.remove(x): x not in list");
  }

  private static Value pop(List<Value> items, Bound args) {
    if (items.isEmpty()) {
      throw new Failure("pop from empty list");
    }
    long index = args.integer(0, -1);
    long at = index < 0 ? index + items.size() : index;
    if (at < 0 || at >= items.size()) {
      throw new Failure("pop index out of range");
    }
    return items.remove((int) at);
  }

  private static Value cleared(List<Value> items) {
    items.clear();
    return Null.NULL;
  }

  private static Value reversed(List<Value> items) {
    Collections.reverse(items);
    return Null.NULL;
  }

  private static Value sort(List<Value> items, Bound args) {
    if (args.some(0).isPresent()) {
      throw new Failure("sort() with a key is not supported; use the filter 'sort(attribute=...)'");
    }
    Comparator<Value> order = (a, b) -> Compare.order(a, b, "<");
    Compare.sort(items, args.isTrue(1, false) ? order.reversed() : order);
    return Null.NULL;
  }

  /** The values of texts. */
  static PyList texts(List<String> texts) {
    return new PyList(texts.stream().map(Text::of).toList());
  }
}

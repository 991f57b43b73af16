package dev.weir.template.jinja.value;

import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.DictView.Part;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The methods of dicts; dicts that were handed in as data cannot be changed. */
public final class DictMethods {

  private static final Signature GET = Signature.of("get", "key ?default");

  private DictMethods() {}

  static @Nullable Value get(MapValue dict, String name, Budget budget) {
    return switch (name) {
      case "get" -> Callable.of(name, args -> find(dict, GET.bind(args)));
      case "items" -> view(dict, name, Part.ITEMS);
      case "keys" -> view(dict, name, Part.KEYS);
      case "values" -> view(dict, name, Part.VALUES);
      case "copy" -> Callable.of(name, args -> copied(dict));
      case "pop" -> changing(dict, name, "key ?default", DictMethods::pop);
      case "popitem" -> changing(dict, name, "", (own, args) -> popLast(own));
      case "setdefault" -> changing(dict, name, "key ?default", DictMethods::setDefault);
      case "clear" -> changing(dict, name, "", (own, args) -> cleared(own));
      case "update" -> Callable.of(name, args -> update(own(dict, name), args, budget));
      default -> null;
    };
  }

  private static PyDict own(MapValue dict, String name) {
    if (dict instanceof PyDict own) {
      return own;
    }
    throw new Failure(
        name + "() would change the data that was handed in; copy it first: dict(data)");
  }

  private static Value changing(
      MapValue dict, String name, String parameters, BiFunction<PyDict, Bound, Value> body) {
    Signature signature = Signature.of(name, parameters);
    return Callable.of(name, args -> body.apply(own(dict, name), signature.bind(args)));
  }

  private static Value view(MapValue dict, String name, Part part) {
    Signature signature = Signature.of(name, "");
    return Callable.of(
        name,
        args -> {
          var _ = signature.bind(args);
          return new DictView(part, dict);
        });
  }

  private static Value find(MapValue dict, Bound args) {
    Value found = Keys.get(dict, args.get(0));
    return found == null ? args.get(1, Null.NULL) : found;
  }

  private static Value pop(PyDict dict, Bound args) {
    Value removed = dict.remove(args.get(0));
    if (removed == null && !args.has(1)) {
      throw new Failure("KeyError: " + Show.repr(args.get(0)));
    }
    return removed == null ? args.get(1) : removed;
  }

  private static Value popLast(PyDict dict) {
    List<Map.Entry<Value, Value>> entries = List.copyOf(dict.entries());
    if (entries.isEmpty()) {
      throw new Failure("popitem(): dictionary is empty");
    }
    var _ = dict.remove(entries.getLast().getKey());
    return Tuple.of(entries.getLast().getKey(), entries.getLast().getValue());
  }

  private static Value setDefault(PyDict dict, Bound args) {
    Value found = dict.get(args.get(0));
    if (found == null) {
      found = args.get(1, Null.NULL);
      dict.put(args.get(0), found);
    }
    return found;
  }

  private static Value cleared(PyDict dict) {
    dict.clear();
    return Null.NULL;
  }

  /** A dict of the same entries that can be changed. */
  public static PyDict copied(MapValue dict) {
    PyDict copy = new PyDict();
    dict.entries().forEach(entry -> copy.put(entry.getKey(), entry.getValue()));
    return copy;
  }

  /** Puts in what a dict, or a list of pairs, and named arguments say. */
  public static Value update(PyDict dict, Args args, Budget budget) {
    if (args.positional().size() > 1) {
      throw new Failure("update expected at most 1 argument, got " + args.positional().size());
    }
    budget.reserve(args.named().size());
    for (Value given : args.positional()) {
      if (given instanceof MapValue other) {
        List.copyOf(other.entries()).forEach(entry -> dict.put(entry.getKey(), entry.getValue()));
      } else {
        pairs(dict, given, budget);
      }
    }
    args.named().forEach((name, value) -> dict.put(Text.of(name), value));
    return Null.NULL;
  }

  private static void pairs(PyDict dict, Value given, Budget budget) {
    for (Iterator<Value> items = Iterate.over(given); items.hasNext(); ) {
      List<Value> pair = Iterate.all(items.next(), budget);
      if (pair.size() != 2) {
        throw new Failure(
            "dictionary update sequence element has length %d; 2 is required"
                .formatted(pair.size()));
      }
      dict.put(pair.get(0), pair.get(1));
    }
  }
}

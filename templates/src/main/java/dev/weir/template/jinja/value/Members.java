package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.ObjectValue;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What stands behind the dot: methods of built-in types, fields of records and objects. */
public final class Members {

  /**
   * What Python has and templates cannot use here: named, so that it is never silently undefined.
   */
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "encode",
          "format_map",
          "maketrans",
          "translate",
          "isidentifier",
          "isprintable",
          "as_integer_ratio",
          "bit_count",
          "bit_length",
          "conjugate",
          "denominator",
          "from_bytes",
          "fromhex",
          "hex",
          "imag",
          "numerator",
          "real",
          "to_bytes",
          "fromkeys",
          "mapping",
          "isdisjoint");

  private final Budget budget;

  /** Members for a run. */
  public Members(Budget budget) {
    this.budget = budget;
  }

  /** A method or field, or null where there is none of that name. */
  public @Nullable Value get(Value object, String name) {
    Value found = find(object, name);
    if (found == null && builtIn(object)) {
      refuse(object, name);
    }
    return found;
  }

  private @Nullable Value find(Value object, String name) {
    if (object instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (object instanceof PyObject own) {
      return own.attribute(name);
    }
    if (Types.isText(object)) {
      return TextMethods.get(object, name, budget);
    }
    if (object instanceof MapValue map) {
      return DictMethods.get(map, name, budget);
    }
    if (object instanceof ListValue list) {
      return ListMethods.get(list, name, budget);
    }
    if (object instanceof Tuple tuple) {
      Value named = tuple.named(name);
      return named == null ? SequenceMethods.get(tuple, name, budget) : named;
    }
    if (object instanceof RecordValue fields) {
      return fields.get(name);
    }
    if (object instanceof ObjectValue exposed) {
      return exposed(exposed, name);
    }
    return number(object, name);
  }

  private static @Nullable Value exposed(ObjectValue object, String name) {
    Value field = object.field(name);
    if (field != null) {
      return field;
    }
    var method = object.method(name);
    return method == null ? null : new FunctionValue(method);
  }

  private @Nullable Value number(Value object, String name) {
    if (object instanceof Real real && name.equals("is_integer")) {
      return Callable.of(
          name,
          args ->
              Bool.of(!Double.isInfinite(real.value()) && real.value() == Math.rint(real.value())));
    }
    if (object instanceof Range range) {
      return switch (name) {
        case "start" -> Int.of(range.start());
        case "stop" -> Int.of(range.stop());
        case "step" -> Int.of(range.step());
        case "count", "index" -> SequenceMethods.get(range, name, budget);
        default -> null;
      };
    }
    return null;
  }

  private static boolean builtIn(Value object) {
    return !(object instanceof RecordValue
        || object instanceof ObjectValue
        || object instanceof PyObject);
  }

  private static void refuse(Value object, String name) {
    if (object instanceof MapValue map && Keys.get(map, Text.of(name)) != null) {
      return;
    }
    if (name.startsWith("__") && name.endsWith("__")) {
      throw new Failure(
          "access to attribute '%s' of '%s' object is unsafe".formatted(name, Types.name(object)));
    }
    if (UNSUPPORTED.contains(name) && (!(object instanceof MapValue) || name.equals("fromkeys"))) {
      throw new Failure("'%s' of '%s' object is not supported".formatted(name, Types.name(object)));
    }
  }

  /** What errors call a value from which something is missing. */
  public static String owner(Value object) {
    return Types.owner(object);
  }
}

package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.Call;
import dev.weir.template.Function;
import dev.weir.template.Function.Body;
import dev.weir.template.FunctionFailure;
import dev.weir.template.Functions;
import dev.weir.template.Parameter;
import dev.weir.template.Text;
import dev.weir.template.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The functions that the language has itself. Each is made when a template that calls it is parsed,
 * so that the first template of a program does not wait for those it does not need.
 */
final class Builtins {
  private Builtins() {}

  /** What a name calls: one of these functions, or of the language's own; or null. */
  static @Nullable Callable find(String name, Functions functions) {
    Function function = functions.get(name);
    if (function != null) {
      return new Callable.Plain(function);
    }
    return switch (name) {
      case "and" -> Callable.Junction.AND;
      case "or" -> Callable.Junction.OR;
      default -> own(name);
    };
  }

  private static @Nullable Callable own(String name) {
    Function function = comparing(name);
    if (function == null) {
      function = looking(name);
    }
    if (function == null) {
      function = printing(name);
    }
    return function == null ? null : new Callable.Plain(function);
  }

  private static @Nullable Function comparing(String name) {
    return switch (name) {
      case "eq" -> rest(name, Type.BOOL, call -> Bool.of(Comparison.equalsAny(call.arguments())));
      case "ne" -> two(name, call -> Bool.of(!Comparison.equalsAny(call.arguments())));
      case "lt" -> two(name, call -> Bool.of(less(call)));
      case "le" -> two(name, call -> Bool.of(lessOrEqual(call)));
      case "gt" -> two(name, call -> Bool.of(!lessOrEqual(call)));
      case "ge" -> two(name, call -> Bool.of(!less(call)));
      case "not" -> one(name, Type.BOOL, call -> Bool.of(!Truth.of(call.value(0))));
      default -> null;
    };
  }

  private static @Nullable Function looking(String name) {
    return switch (name) {
      case "len" -> one(name, Type.INT, call -> Indexing.length(call.value(0)));
      case "index" -> rest(name, Type.ANY, call -> Indexing.index(call.value(0), call.from(1)));
      case "slice" -> rest(name, Type.ANY, call -> Indexing.slice(call.value(0), call.from(1)));
      case "call" -> rest(name, Type.ANY, CallingValues::call);
      default -> null;
    };
  }

  private static @Nullable Function printing(String name) {
    return switch (name) {
      case "print" -> all(name, call -> Formats.print(call.arguments(), call.execution()));
      case "println" -> all(name, call -> Formats.printLine(call.arguments(), call.execution()));
      case "printf" ->
          new Function(
              name,
              List.of(Parameter.required("format", Type.TEXT), Parameter.rest("values", Type.ANY)),
              Type.TEXT,
              call -> Format.format((Text) call.value(0), call.from(1), call.execution()));
      case "html" -> all(name, call -> Escaping.html(Escaping.text(call)));
      case "js" -> all(name, call -> Escaping.js(Escaping.text(call)));
      case "urlquery" -> all(name, call -> Escaping.query(Escaping.text(call)));
      default -> null;
    };
  }

  private static boolean less(Call call) throws FunctionFailure {
    return Comparison.isLess(call.value(0), call.value(1));
  }

  private static boolean lessOrEqual(Call call) throws FunctionFailure {
    return less(call) || Comparison.equalsAny(call.arguments());
  }

  private static Function one(String name, Type result, Body body) {
    return new Function(name, List.of(Parameter.required("value", Types.RAW)), result, body);
  }

  private static Function two(String name, Body body) {
    List<Parameter> both =
        List.of(Parameter.required("left", Types.RAW), Parameter.required("right", Types.RAW));
    return new Function(name, both, Type.BOOL, body);
  }

  private static Function rest(String name, Type result, Body body) {
    List<Parameter> some =
        List.of(Parameter.required("value", Types.RAW), Parameter.rest("others", Types.RAW));
    return new Function(name, some, result, body);
  }

  private static Function all(String name, Body body) {
    return new Function(name, List.of(Parameter.rest("values", Type.ANY)), Type.TEXT, body);
  }
}

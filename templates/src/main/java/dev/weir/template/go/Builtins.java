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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The functions that the language has itself. */
final class Builtins {
  private static final Map<String, Callable> ALL =
      Stream.of(
              comparing("eq", call -> Bool.of(Comparison.equalsAny(call.arguments()))),
              comparingTwo("ne", call -> Bool.of(!Comparison.equalsAny(call.arguments()))),
              comparingTwo("lt", call -> Bool.of(less(call))),
              comparingTwo("le", call -> Bool.of(lessOrEqual(call))),
              comparingTwo("gt", call -> Bool.of(!lessOrEqual(call))),
              comparingTwo("ge", call -> Bool.of(!less(call))),
              raw("not", Type.BOOL, call -> Bool.of(!Truth.of(call.value(0)))),
              raw("len", Type.INT, call -> Indexing.length(call.value(0))),
              rest("index", call -> Indexing.index(call.value(0), call.from(1))),
              rest("slice", call -> Indexing.slice(call.value(0), call.from(1))),
              rest("call", CallingValues::call),
              printing("print", call -> Formats.print(call.arguments(), call.execution())),
              printing("println", call -> Formats.printLine(call.arguments(), call.execution())),
              new Function(
                  "printf",
                  List.of(
                      Parameter.required("format", Type.TEXT), Parameter.rest("values", Type.ANY)),
                  Type.TEXT,
                  call -> Format.format((Text) call.value(0), call.from(1), call.execution())),
              printing("html", call -> Escaping.html(Escaping.text(call))),
              printing("js", call -> Escaping.js(Escaping.text(call))),
              printing("urlquery", call -> Escaping.query(Escaping.text(call))))
          .collect(Collectors.toUnmodifiableMap(Function::name, Callable.Plain::new));

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
      default -> ALL.get(name);
    };
  }

  private static boolean less(Call call) throws FunctionFailure {
    return Comparison.isLess(call.value(0), call.value(1));
  }

  private static boolean lessOrEqual(Call call) throws FunctionFailure {
    return less(call) || Comparison.equalsAny(call.arguments());
  }

  private static Function comparing(String name, Body body) {
    return new Function(
        name,
        List.of(Parameter.required("value", Types.RAW), Parameter.rest("to", Types.RAW)),
        Type.BOOL,
        body);
  }

  private static Function comparingTwo(String name, Body body) {
    return new Function(
        name,
        List.of(Parameter.required("left", Types.RAW), Parameter.required("right", Types.RAW)),
        Type.BOOL,
        body);
  }

  private static Function raw(String name, Type result, Body body) {
    return new Function(name, List.of(Parameter.required("value", Types.RAW)), result, body);
  }

  private static Function rest(String name, Body body) {
    return new Function(
        name,
        List.of(Parameter.required("value", Types.RAW), Parameter.rest("others", Types.RAW)),
        Type.ANY,
        body);
  }

  private static Function printing(String name, Body body) {
    return new Function(name, List.of(Parameter.rest("values", Type.ANY)), Type.TEXT, body);
  }
}

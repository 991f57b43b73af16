package dev.weir.template.go;

import dev.weir.template.Call;
import dev.weir.template.Function;
import dev.weir.template.FunctionFailure;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls functions that are values. */
final class CallingValues {
  private CallingValues() {}

  /** Calls the first argument with the others. */
  static Value call(Call call) throws FunctionFailure, LimitExceeded {
    Value callee = Evaluator.concrete(call.value(0));
    if (callee == Missing.MISSING) {
      throw new FunctionFailure("call of nil");
    }
    if (!(callee instanceof FunctionValue(Function function))) {
      throw new FunctionFailure("non-function of type " + Types.name(callee));
    }
    List<Value> given = call.from(1);
    checkCount(function, given.size());
    List<Value> values = new ArrayList<>(given.size());
    for (int index = 0; index < given.size(); index++) {
      values.add(argument(function, index, given.get(index)));
    }
    return function.body().apply(new Call(values, call.execution()));
  }

  private static void checkCount(Function function, int given) throws FunctionFailure {
    if (function.takesRest() && given < function.required()) {
      throw new FunctionFailure(
          "wrong number of args: got %d want at least %d".formatted(given, function.required()));
    }
    if (!function.takesRest() && given != function.positional()) {
      throw new FunctionFailure(
          "wrong number of args: got %d want %d".formatted(given, function.positional()));
    }
  }

  private static Value argument(Function function, int index, Value value) throws FunctionFailure {
    try {
      return prepared(Evaluator.concrete(value), function.parameter(index).type());
    } catch (FunctionFailure unfit) {
      throw new FunctionFailure("arg " + index + ": " + unfit.getMessage(), unfit);
    }
  }

  /** A value as an argument or key of a type; integers of any kind go for each other. */
  static Value prepared(Value value, Type type) throws FunctionFailure {
    if (value == Missing.MISSING) {
      Value nil = Types.nil(type);
      if (nil == null) {
        throw new FunctionFailure("value is nil; should be of type " + Types.name(type));
      }
      return nil;
    }
    if (Types.accepts(type, value)) {
      return value;
    }
    Int.Kind kind = kind(type);
    if (value instanceof Int number && kind != null) {
      return new Int(kind == Int.Kind.BYTE ? number.value() & 0xFF : number.value(), kind);
    }
    throw new FunctionFailure(
        "value has type %s; should be %s".formatted(Types.name(value), Types.name(type)));
  }

  private static Int.@Nullable Kind kind(Type type) {
    return switch (type) {
      case Type.Simple.INT -> Int.Kind.SIGNED;
      case Type.Simple.UINT -> Int.Kind.UNSIGNED;
      case Type.Simple.BYTE -> Int.Kind.BYTE;
      default -> null;
    };
  }
}

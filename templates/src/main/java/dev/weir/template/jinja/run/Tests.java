package dev.weir.template.jinja.run;

import dev.weir.template.Bool;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Test;
import dev.weir.template.jinja.syntax.Comparison;
import dev.weir.template.jinja.value.Callable;
import dev.weir.template.jinja.value.CaseMethods;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Markup;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.Range;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Signature;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tests: what stands behind {@code is}. */
final class Tests {

  private Tests() {}

  /** The test of a name, or null. */
  static @Nullable Test find(String name) {
    Test kind = kind(name);
    return kind == null ? relation(name) : kind;
  }

  private static @Nullable Test kind(String name) {
    return switch (name) {
      case "defined" -> plain(name, value -> !(value instanceof Undefined));
      case "undefined" -> plain(name, Undefined.class::isInstance);
      case "none" -> plain(name, value -> value == Null.NULL);
      case "boolean" -> plain(name, Bool.class::isInstance);
      case "true" -> plain(name, value -> value == Bool.TRUE);
      case "false" -> plain(name, value -> value == Bool.FALSE);
      case "integer" -> plain(name, Int.class::isInstance);
      case "float" -> plain(name, Real.class::isInstance);
      case "number" -> plain(name, Types::isNumber);
      case "string" -> plain(name, Types::isText);
      case "mapping" -> plain(name, MapValue.class::isInstance);
      case "sequence" -> plain(name, Tests::isSequence);
      case "iterable" -> plain(name, Tests::isIterable);
      case "callable" -> plain(name, Tests::isCallable);
      case "escaped" -> plain(name, Markup.class::isInstance);
      case "lower" -> plain(name, value -> CaseMethods.isLower(Show.str(value)));
      case "upper" -> plain(name, value -> CaseMethods.isUpper(Show.str(value)));
      case "even" -> plain(name, value -> remainder(value, Int.of(2), Int.of(0)));
      case "odd" -> plain(name, value -> remainder(value, Int.of(2), Int.of(1)));
      default -> null;
    };
  }

  private static @Nullable Test relation(String name) {
    return switch (name) {
      case "==", "eq", "equalto" -> compared(name, Comparison.EQUAL);
      case "!=", "ne" -> compared(name, Comparison.NOT_EQUAL);
      case "<", "lt", "lessthan" -> compared(name, Comparison.LESS);
      case "<=", "le" -> compared(name, Comparison.LESS_OR_EQUAL);
      case ">", "gt", "greaterthan" -> compared(name, Comparison.GREATER);
      case ">=", "ge" -> compared(name, Comparison.GREATER_OR_EQUAL);
      case "in" -> compared(name, Comparison.IN);
      case "sameas" -> with(Signature.of(name, "other"), Tests::same);
      case "divisibleby" ->
          with(Signature.of(name, "num"), (value, by) -> remainder(value, by, Int.of(0)));
      case "filter" -> (value, args, context) -> context.library().hasFilter(Show.str(value));
      case "test" -> (value, args, context) -> context.library().hasTest(Show.str(value));
      default -> null;
    };
  }

  private static Test plain(String name, Predicate<Value> test) {
    Signature signature = Signature.of(name, "");
    return (value, args, context) -> {
      var _ = signature.bind(args);
      return test.test(value);
    };
  }

  private static Test with(Signature signature, BiPredicate<Value, Value> test) {
    return (value, args, context) -> test.test(value, signature.bind(args).get(0));
  }

  private static Test compared(String name, Comparison comparison) {
    return with(
        Signature.of(name, "other"), (value, other) -> Comparisons.hold(comparison, value, other));
  }

  private static boolean isSequence(Value value) {
    return value instanceof ListValue
        || value instanceof MapValue
        || value instanceof Tuple
        || value instanceof Range
        || (value instanceof Undefined undefined && undefined.mode() == Undefined.Mode.DEFAULT)
        || Types.isText(value);
  }

  private static boolean isIterable(Value value) {
    try {
      var _ = Iterate.over(value);
      return true;
    } catch (Failure failure) {
      if (value instanceof Undefined) {
        throw failure;
      }
      return false;
    }
  }

  private static boolean isCallable(Value value) {
    return value instanceof Callable
        || value instanceof FunctionValue
        || value instanceof Undefined;
  }

  private static boolean remainder(Value value, Value divisor, Value wanted) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!Types.isNumber(value) || !Types.isNumber(divisor)) {
      throw new Failure(
          "unsupported operand type(s) for %%: '%s' and '%s'"
              .formatted(Types.name(value), Types.name(divisor)));
    }
    if (value instanceof Real || divisor instanceof Real) {
      double rest = Numbers.real(value) % Numbers.real(divisor);
      double positive = rest < 0 ? rest + Math.abs(Numbers.real(divisor)) : rest;
      return positive == Numbers.real(wanted);
    }
    if (Numbers.index(divisor) == 0) {
      throw new Failure("integer modulo by zero");
    }
    return Math.floorMod(Numbers.index(value), Numbers.index(divisor)) == Numbers.index(wanted);
  }

  /** What Python makes only once is the same when it is equal. */
  @SuppressWarnings("ReferenceEquality") // identity is what the test asks for
  private static boolean same(Value value, Value other) {
    boolean unique =
        value == Null.NULL
            || value instanceof Bool
            || value instanceof Int
            || value instanceof Text;
    return value == other || (unique && value.equals(other));
  }
}

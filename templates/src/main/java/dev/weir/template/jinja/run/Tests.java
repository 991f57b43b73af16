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
import dev.weir.template.jinja.syntax.Expr.Comparison;
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
import java.util.function.Predicate;

/** The tests: what stands behind {@code is}. */
final class Tests {

  private Tests() {}

  static void into(Library library) {
    kinds(library);
    numbers(library);
    comparisons(library);
    plain(library, "defined", value -> !(value instanceof Undefined));
    plain(library, "undefined", Undefined.class::isInstance);
    plain(library, "escaped", Markup.class::isInstance);
    plain(library, "lower", value -> CaseMethods.isLower(Show.str(value)));
    plain(library, "upper", value -> CaseMethods.isUpper(Show.str(value)));
    library.test("filter", (v, a, c) -> c.library().hasFilter(Show.str(v)));
    library.test("test", (v, a, c) -> c.library().hasTest(Show.str(v)));
  }

  private static void plain(Library library, String name, Predicate<Value> test) {
    Signature signature = Signature.of(name, "");
    library.test(
        name,
        (value, args, context) -> {
          var _ = signature.bind(args);
          return test.test(value);
        });
  }

  private static void kinds(Library library) {
    plain(library, "none", value -> value == Null.NULL);
    plain(library, "boolean", Bool.class::isInstance);
    plain(library, "true", value -> value == Bool.TRUE);
    plain(library, "false", value -> value == Bool.FALSE);
    plain(library, "integer", Int.class::isInstance);
    plain(library, "float", Real.class::isInstance);
    plain(library, "number", Types::isNumber);
    plain(library, "string", Types::isText);
    plain(library, "mapping", MapValue.class::isInstance);
    plain(library, "sequence", Tests::isSequence);
    plain(library, "iterable", Tests::isIterable);
    plain(library, "callable", Tests::isCallable);
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

  private static void numbers(Library library) {
    plain(library, "even", value -> remainder(value, Int.of(2), Int.of(0)));
    plain(library, "odd", value -> remainder(value, Int.of(2), Int.of(1)));
    Signature signature = Signature.of("divisibleby", "num");
    library.test("divisibleby", (v, a, c) -> remainder(v, signature.bind(a).get(0), Int.of(0)));
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

  private static void comparisons(Library library) {
    compared(library, Comparison.EQUAL, "==", "eq", "equalto");
    compared(library, Comparison.NOT_EQUAL, "!=", "ne");
    compared(library, Comparison.LESS, "<", "lt", "lessthan");
    compared(library, Comparison.LESS_OR_EQUAL, "<=", "le");
    compared(library, Comparison.GREATER, ">", "gt", "greaterthan");
    compared(library, Comparison.GREATER_OR_EQUAL, ">=", "ge");
    compared(library, Comparison.IN, "in");
    Signature signature = Signature.of("sameas", "other");
    library.test("sameas", (v, a, c) -> same(v, signature.bind(a).get(0)));
  }

  private static void compared(Library library, Comparison comparison, String... names) {
    for (String name : names) {
      Signature signature = Signature.of(name, "other");
      library.test(name, (v, a, c) -> Comparisons.hold(comparison, v, signature.bind(a).get(0)));
    }
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

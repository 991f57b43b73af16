package dev.weir.template.jinja.value;

import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.BinaryOperator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arithmetic operators over all values that have them. */
public final class Arithmetic {

  private final Budget budget;

  /** Operators of a run. */
  public Arithmetic(Budget budget) {
    this.budget = budget;
  }

  /** The result of an operator. */
  public Value apply(BinaryOperator operator, Value left, Value right) {
    if (left instanceof Int a && right instanceof Int b) {
      return integers(operator, a.value(), b.value());
    }
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return numbers(operator, left, right);
    }
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (operator == BinaryOperator.MODULO && Types.isText(left)) {
      return Percent.format(left, right, budget);
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Value found =
        switch (operator) {
          case ADD -> join(left, right);
          case MULTIPLY -> multiply(left, right);
          case SUBTRACT, DIVIDE, FLOOR_DIVIDE, MODULO, POWER -> null;
        };
    if (found == null) {
      throw unsupported(operator, left, right);
    }
    return found;
  }

  private static Failure unsupported(BinaryOperator operator, Value left, Value right) {
    if (operator == BinaryOperator.ADD && left instanceof Text) {
      return new Failure("can only concatenate str (not \"" + Types.name(right) + "\") to str");
    }
    return new Failure(
        "unsupported operand type(s) for %s: '%s' and '%s'"
            .formatted(operator.symbol(), Types.name(left), Types.name(right)));
  }

  private static Value numbers(BinaryOperator operator, Value left, Value right) {
    return left instanceof Real || right instanceof Real
        ? reals(operator, Numbers.real(left), Numbers.real(right))
        : integers(operator, Numbers.index(left), Numbers.index(right));
  }

  private static Value integers(BinaryOperator operator, long a, long b) {
    try {
      return switch (operator) {
        case ADD -> Int.of(Math.addExact(a, b));
        case SUBTRACT -> Int.of(Math.subtractExact(a, b));
        case MULTIPLY -> Int.of(Math.multiplyExact(a, b));
        case DIVIDE -> new Real(quotient(a, b));
        case FLOOR_DIVIDE -> {
          requireNonZero((double) b, "integer division or modulo by zero");
          if (a == Long.MIN_VALUE && b == -1) {
            throw Numbers.overflow();
          }
          yield Int.of(Math.floorDiv(a, b));
        }
        case MODULO -> {
          requireNonZero((double) b, "integer modulo by zero");
          yield Int.of(Math.floorMod(a, b));
        }
        case POWER -> power(a, b);
      };
    } catch (ArithmeticException overflow) {
      throw Numbers.overflow();
    }
  }

  /** Rounded once, also where the integers are too large for a floating point number. */
  private static double quotient(long a, long b) {
    requireNonZero((double) b, "division by zero");
    if (Math.abs(a) <= 1L << 53 && Math.abs(b) <= 1L << 53) {
      return (double) a / (double) b;
    }
    return new BigDecimal(a).divide(new BigDecimal(b), new MathContext(60)).doubleValue();
  }

  private static void requireNonZero(double divisor, String message) {
    if (divisor == 0) {
      throw new Failure(message);
    }
  }

  private static Value power(long base, long exponent) {
    if (exponent < 0) {
      requireNonZero((double) base, "0.0 cannot be raised to a negative power");
      return new Real(Math.pow((double) base, (double) exponent));
    }
    if (exponent > 64 && Math.abs(base) > 1) {
      throw Numbers.overflow();
    }
    long result = 1;
    long small = Math.abs(base) <= 1 ? exponent % 2 + (exponent > 0 ? 2 : 0) : exponent;
    for (long i = 0; i < small; i++) {
      result = Math.multiplyExact(result, base);
    }
    return Int.of(result);
  }

  private static Value reals(BinaryOperator operator, double a, double b) {
    return new Real(
        switch (operator) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> {
            requireNonZero(b, "float division by zero");
            yield a / b;
          }
          case FLOOR_DIVIDE -> {
            requireNonZero(b, "float floor division by zero");
            yield floorQuotient(a, b);
          }
          case MODULO -> {
            requireNonZero(b, "float modulo");
            yield remainder(a, b);
          }
          case POWER -> realPower(a, b);
        });
  }

  private static double realPower(double a, double b) {
    if (a == 0 && b < 0) {
      throw new Failure("0.0 cannot be raised to a negative power");
    }
    if (a == 1 || b == 0) {
      return 1;
    }
    if (a == -1 && Double.isInfinite(b)) {
      return 1;
    }
    double result = Math.pow(a, b);
    if (Double.isNaN(result) && !Double.isNaN(a) && !Double.isNaN(b)) {
      throw new Failure("a negative number with a fraction as its power has no real result");
    }
    if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw new Failure("numerical result out of range");
    }
    return result;
  }

  /** With the sign of the divisor. */
  private static double remainder(double a, double b) {
    double rest = a % b;
    if (rest == 0) {
      return Math.copySign(0.0, b);
    }
    return (rest < 0) != (b < 0) ? rest + b : rest;
  }

  private static double floorQuotient(double a, double b) {
    double exact = (a - remainder(a, b)) / b;
    if (exact == 0) {
      return Math.copySign(0.0, a / b);
    }
    double floor = Math.floor(exact);
    return exact - floor > 0.5 ? floor + 1 : floor;
  }

  private @Nullable Value join(Value left, Value right) {
    if (Types.isText(left) && Types.isText(right)) {
      return texts(left, right);
    }
    if (left instanceof ListValue && right instanceof ListValue) {
      return new PyList(both(left, right));
    }
    return left instanceof Tuple && right instanceof Tuple ? new Tuple(both(left, right)) : null;
  }

  private Value texts(Value left, Value right) {
    String a = Types.text(left);
    String b = Types.text(right);
    budget.reserve(a.length() + (long) b.length());
    if (left instanceof Text && right instanceof Text) {
      return Text.of(a.concat(b));
    }
    return new Markup(
        (left instanceof Text ? Markup.escape(a) : a)
            + (right instanceof Text ? Markup.escape(b) : b));
  }

  private List<Value> both(Value left, Value right) {
    budget.reserve(Iterate.length(left) + Iterate.length(right));
    List<Value> items = new ArrayList<>(Iterate.all(left, budget));
    items.addAll(Iterate.all(right, budget));
    return items;
  }

  private @Nullable Value multiply(Value left, Value right) {
    if (Numbers.isInteger(right)) {
      return repeat(left, Numbers.index(right));
    }
    return Numbers.isInteger(left) ? repeat(right, Numbers.index(left)) : null;
  }

  private @Nullable Value repeat(Value value, long wanted) {
    boolean list = value instanceof ListValue || value instanceof Tuple;
    if (!list && !Types.isText(value)) {
      return null;
    }
    long times = Math.max(0, wanted);
    long size = Iterate.length(value);
    budget.reserve(size != 0 && times > Long.MAX_VALUE / size ? Long.MAX_VALUE / 4 : size * times);
    int count = size == 0 ? 0 : (int) times;
    if (value instanceof Text text) {
      return Text.of(text.toString().repeat(count));
    }
    if (value instanceof Markup markup) {
      return new Markup(markup.text().repeat(count));
    }
    List<Value> items = new ArrayList<>();
    Collections.nCopies(count, Iterate.all(value, budget)).forEach(items::addAll);
    return value instanceof Tuple ? new Tuple(items) : new PyList(items);
  }

  /** The number with its sign turned. */
  public static Value negated(Value value) {
    if (value instanceof Real real) {
      return new Real(-real.value());
    }
    long number = operand(value, "-");
    if (number == Long.MIN_VALUE) {
      throw Numbers.overflow();
    }
    return Int.of(-number);
  }

  /** The number itself, which has to be one. */
  public static Value positive(Value value) {
    return value instanceof Real ? value : Int.of(operand(value, "+"));
  }

  private static long operand(Value value, String sign) {
    if (!Types.isNumber(value) && !(value instanceof Undefined)) {
      throw new Failure("bad operand type for unary " + sign + ": '" + Types.name(value) + "'");
    }
    return Numbers.index(value);
  }
}

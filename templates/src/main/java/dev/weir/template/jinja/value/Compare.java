package dev.weir.template.jinja.value;

import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Whether values are equal, and which comes first. */
public final class Compare {

  private Compare() {}

  /** As Python's {@code ==}. */
  public static boolean equal(Value left, Value right) {
    if (left instanceof Undefined || right instanceof Undefined) {
      return undefined(left, right);
    }
    if (left instanceof Text a && right instanceof Text b) {
      return a.equals(b);
    }
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return numbersEqual(left, right);
    }
    if (Types.isText(left) && Types.isText(right)) {
      return Types.text(left).equals(Types.text(right));
    }
    if (left instanceof ListValue a && right instanceof ListValue b) {
      return a.size() == b.size() && itemsEqual(left, right);
    }
    if (left instanceof Tuple a && right instanceof Tuple b) {
      return a.items().size() == b.items().size() && itemsEqual(left, right);
    }
    if (left instanceof MapValue a && right instanceof MapValue b) {
      return a.size() == b.size() && a.entries().stream().allMatch(e -> has(b, e));
    }
    if (left instanceof Range a && right instanceof Range b) {
      return a.size() == b.size() && sameRange(a, b);
    }
    return left.equals(right);
  }

  private static boolean undefined(Value left, Value right) {
    if (left instanceof Undefined undefined) {
      undefined.look();
    }
    if (right instanceof Undefined undefined) {
      undefined.look();
    }
    return left instanceof Undefined && right instanceof Undefined;
  }

  private static boolean numbersEqual(Value left, Value right) {
    if (left instanceof Real || right instanceof Real) {
      double a = Numbers.real(left);
      double b = Numbers.real(right);
      return a == b && (Double.isInfinite(a) || numbers(left, right) == 0);
    }
    return Numbers.index(left) == Numbers.index(right);
  }

  private static boolean itemsEqual(Value left, Value right) {
    Iterator<Value> others = Iterate.over(right);
    for (Iterator<Value> items = Iterate.over(left); items.hasNext(); ) {
      if (!equal(items.next(), others.next())) {
        return false;
      }
    }
    return true;
  }

  private static boolean has(MapValue map, java.util.Map.Entry<Value, Value> entry) {
    Value other = Keys.get(map, entry.getKey());
    return other != null && equal(entry.getValue(), other);
  }

  private static boolean sameRange(Range a, Range b) {
    return a.size() == 0 || (a.start() == b.start() && (a.size() == 1 || a.step() == b.step()));
  }

  /**
   * Below zero where the first comes first.
   *
   * @param symbol the operator, for the error when there is no order
   */
  public static int order(Value left, Value right, String symbol) {
    if (left instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (right instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Types.isNumber(left) && Types.isNumber(right)) {
      return numbers(left, right);
    }
    if (left instanceof Text a && right instanceof Text b) {
      return a.compareTo(b);
    }
    if (Types.isText(left) && Types.isText(right)) {
      return Text.of(Types.text(left)).compareTo(Text.of(Types.text(right)));
    }
    boolean lists = left instanceof ListValue && right instanceof ListValue;
    if (lists || (left instanceof Tuple && right instanceof Tuple)) {
      return items(left, right, symbol);
    }
    throw new Failure(
        "'%s' not supported between instances of '%s' and '%s'"
            .formatted(symbol, Types.name(left), Types.name(right)));
  }

  private static int items(Value left, Value right, String symbol) {
    Iterator<Value> mine = Iterate.over(left);
    Iterator<Value> theirs = Iterate.over(right);
    while (mine.hasNext() && theirs.hasNext()) {
      Value a = mine.next();
      Value b = theirs.next();
      if (!equal(a, b)) {
        return order(a, b, symbol);
      }
    }
    return Boolean.compare(mine.hasNext(), theirs.hasNext());
  }

  /** Exact also where a large integer meets a floating point number. */
  private static int numbers(Value left, Value right) {
    if (!(left instanceof Real) && !(right instanceof Real)) {
      return Long.compare(Numbers.index(left), Numbers.index(right));
    }
    double a = Numbers.real(left);
    double b = Numbers.real(right);
    if (a != b || Double.isInfinite(a) || Double.isNaN(a)) {
      return a < b ? -1 : a > b ? 1 : 0;
    }
    return exact(left).compareTo(exact(right));
  }

  private static BigDecimal exact(Value number) {
    return number instanceof Real real
        ? new BigDecimal(real.value())
        : BigDecimal.valueOf(Numbers.index(number));
  }

  /** Whether {@code a < b} and the like hold; nothing does for not-a-number. */
  public static boolean isNan(Value value) {
    return value instanceof Real real && Double.isNaN(real.value());
  }

  /** Puts items in an order; fails where there is none, as with not-a-number among them. */
  public static <T> void sort(List<T> items, Comparator<? super T> order) {
    try {
      items.sort(order);
    } catch (IllegalArgumentException _) {
      throw new Failure("the items have no order: there is a nan among them");
    }
  }

  /** As Python's {@code in}. */
  public static boolean contains(Value container, Value item) {
    if (Types.isText(container)) {
      if (!Types.isText(item)) {
        if (item instanceof Undefined undefined) {
          throw undefined.failure();
        }
        throw new Failure("'in <string>' requires string as left operand, not " + Types.name(item));
      }
      return Types.text(container).contains(Types.text(item));
    }
    if (container instanceof MapValue map) {
      return Keys.get(map, item) != null;
    }
    if (container instanceof DictView(DictView.Part part, MapValue map)
        && part == DictView.Part.KEYS) {
      return Keys.get(map, item) != null;
    }
    if (container instanceof Range range && Numbers.isInteger(item)) {
      return inRange(range, Numbers.index(item));
    }
    for (Iterator<Value> items = Iterate.over(container); items.hasNext(); ) {
      if (equal(items.next(), item)) {
        return true;
      }
    }
    return false;
  }

  private static boolean inRange(Range range, long number) {
    long low = Math.min(range.start(), range.get(Math.max(0, range.size() - 1)));
    long high = Math.max(range.start(), range.get(Math.max(0, range.size() - 1)));
    return range.size() > 0
        && number >= low
        && number <= high
        && Math.floorMod(number - range.start(), Math.abs(range.step())) == 0;
  }
}

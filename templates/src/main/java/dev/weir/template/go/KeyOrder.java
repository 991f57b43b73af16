package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.MapValue;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The order in which Go walks maps: keys sorted, whatever order they were put in. */
final class KeyOrder {
  private static final Comparator<Value> KEYS = KeyOrder::compare;

  private KeyOrder() {}

  static List<Map.Entry<Value, Value>> sorted(MapValue map) {
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(map.entries());
    entries.sort(Map.Entry.comparingByKey(KEYS));
    return entries;
  }

  private static int compare(Value left, Value right) {
    if (left instanceof Text one && right instanceof Text other) {
      return one.compareTo(other);
    }
    if (left instanceof Int one
        && right instanceof Int other
        && isUnsigned(one) == isUnsigned(other)) {
      return isUnsigned(one)
          ? Long.compareUnsigned(one.value(), other.value())
          : Long.compare(one.value(), other.value());
    }
    if (left instanceof Real one && right instanceof Real other) {
      return compare(one.value(), other.value());
    }
    if (left instanceof Bool one && right instanceof Bool other) {
      return Boolean.compare(one.isTrue(), other.isTrue());
    }
    return Integer.compare(rank(left), rank(right));
  }

  private static boolean isUnsigned(Int number) {
    return number.kind() != Int.Kind.SIGNED;
  }

  /** Not-a-number comes first. */
  private static int compare(double left, double right) {
    if (Double.isNaN(left) || Double.isNaN(right)) {
      return Boolean.compare(Double.isNaN(right), Double.isNaN(left));
    }
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /** Keys of different types, which a map of anything may have: some fixed order. */
  private static int rank(Value key) {
    return switch (key) {
      case Bool _ -> 1;
      case Int _ -> 2;
      case Real _ -> 3;
      case Text _ -> 4;
      default -> 5;
    };
  }
}

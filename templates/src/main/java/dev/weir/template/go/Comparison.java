package dev.weir.template.go;

import dev.weir.template.Bool;
import dev.weir.template.FunctionFailure;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.List;

/** What equals and what is less: never across types, but for integers of either sign. */
final class Comparison {
  /** What can be compared with each other. */
  private enum Kind {
    BOOL,
    INT,
    UINT,
    REAL,
    COMPLEX,
    TEXT,
    OTHER
  }

  private Comparison() {}

  private static Kind kind(Value value) {
    return switch (value) {
      case Bool _ -> Kind.BOOL;
      case Int number -> number.kind() == Int.Kind.SIGNED ? Kind.INT : Kind.UINT;
      case Real _ -> Kind.REAL;
      case Complex _ -> Kind.COMPLEX;
      case Text _ -> Kind.TEXT;
      default -> Kind.OTHER;
    };
  }

  /** Whether the first value equals any other. */
  static boolean equalsAny(List<Value> values) throws FunctionFailure {
    if (values.size() < 2) {
      throw new FunctionFailure("missing argument for comparison");
    }
    Value first = Evaluator.concrete(values.getFirst());
    for (Value value : values.subList(1, values.size())) {
      if (areEqual(first, Evaluator.concrete(value))) {
        return true;
      }
    }
    return false;
  }

  private static boolean areEqual(Value left, Value right) throws FunctionFailure {
    Kind kind = kind(left);
    if (kind != kind(right)) {
      if (isWhole(kind) && isWhole(kind(right))) {
        return compareWhole((Int) left, (Int) right) == 0;
      }
      if (left != Missing.MISSING && right != Missing.MISSING) {
        throw incompatible();
      }
      return false;
    }
    return switch (left) {
      case Int number -> number.value() == ((Int) right).value();
      case Real number -> number.value() == ((Real) right).value();
      case Complex number ->
          number.real() == ((Complex) right).real()
              && number.imaginary() == ((Complex) right).imaginary();
      case Missing _ -> right == Missing.MISSING;
      default -> right != Missing.MISSING && equalsOther(left, right);
    };
  }

  private static boolean equalsOther(Value left, Value right) throws FunctionFailure {
    if (shape(left) != shape(right)) {
      throw new FunctionFailure(
          "non-comparable types %s: %s, %s: %s"
              .formatted(
                  Shown.by('s', left), Types.name(left), Types.name(right), Shown.by('v', right)));
    }
    return switch (right) {
      case ListValue _, MapValue _, FunctionValue _ ->
          throw new FunctionFailure(
              "non-comparable type %s: %s".formatted(Shown.by('s', right), Types.name(right)));
      case RecordValue fields ->
          left instanceof RecordValue others
              && others.type().equals(fields.type())
              && equalFields(others, fields);
      default -> left.equals(right);
    };
  }

  /** What values that are no scalars are, so that only like are compared. */
  private static int shape(Value value) {
    return switch (value) {
      case ListValue _ -> 0;
      case MapValue _ -> 1;
      case FunctionValue _ -> 2;
      default -> 3;
    };
  }

  private static boolean equalFields(RecordValue left, RecordValue right) throws FunctionFailure {
    for (int index = 0; index < left.values().size(); index++) {
      Value one = Evaluator.concrete(left.values().get(index));
      Value other = Evaluator.concrete(right.values().get(index));
      if (kind(one) != kind(other) || !areEqual(one, other)) {
        return false;
      }
    }
    return true;
  }

  static boolean isLess(Value one, Value other) throws FunctionFailure {
    Value left = Evaluator.concrete(one);
    Value right = Evaluator.concrete(other);
    Kind kind = kind(left);
    if (kind == Kind.OTHER || kind(right) == Kind.OTHER) {
      throw invalid();
    }
    if (isWhole(kind) && isWhole(kind(right))) {
      return compareWhole((Int) left, (Int) right) < 0;
    }
    if (kind != kind(right)) {
      throw incompatible();
    }
    return switch (left) {
      case Real number -> number.value() < ((Real) right).value();
      case Text text -> text.compareTo((Text) right) < 0;
      default -> throw invalid();
    };
  }

  private static boolean isWhole(Kind kind) {
    return kind == Kind.INT || kind == Kind.UINT;
  }

  /** By value: what is negative is less than everything unsigned. */
  private static int compareWhole(Int left, Int right) {
    boolean signedLeft = kind(left) == Kind.INT;
    boolean signedRight = kind(right) == Kind.INT;
    if (signedLeft && signedRight) {
      return Long.compare(left.value(), right.value());
    }
    if (signedLeft && left.value() < 0) {
      return -1;
    }
    if (signedRight && right.value() < 0) {
      return 1;
    }
    return Long.compareUnsigned(left.value(), right.value());
  }

  private static FunctionFailure incompatible() {
    return new FunctionFailure("incompatible types for comparison");
  }

  private static FunctionFailure invalid() {
    return new FunctionFailure("invalid type for comparison");
  }
}

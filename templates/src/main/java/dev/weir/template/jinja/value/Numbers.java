package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.Real;
import dev.weir.template.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What is a number, and its value; integers have 64 bits. */
public final class Numbers {

  private Numbers() {}

  /** Whether it is an integer; the truth values are. */
  public static boolean isInteger(Value value) {
    return value instanceof Int || value instanceof Bool;
  }

  /** An integer that has to be one. */
  public static long index(Value value) {
    if (value instanceof Int number) {
      return number.value();
    }
    if (value instanceof Bool bool) {
      return bool.isTrue() ? 1 : 0;
    }
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw new Failure("'" + Types.name(value) + "' object cannot be interpreted as an integer");
  }

  /** A number as a floating point one. */
  public static double real(Value value) {
    return value instanceof Real real ? real.value() : index(value);
  }

  /** The integer part of a number. */
  public static Value truncated(double value) {
    if (Double.isNaN(value)) {
      throw new Failure("cannot convert float NaN to integer");
    }
    if (Double.isInfinite(value)) {
      throw new Failure("cannot convert float infinity to integer");
    }
    if (Math.abs(value) >= 0x1p63 && value != -0x1p63) {
      throw overflow();
    }
    return Int.of((long) value);
  }

  /** A number with so many digits behind the point, exactly halved ones to the even digit. */
  public static double rounded(double value, long digits) {
    if (Double.isNaN(value) || Double.isInfinite(value) || digits > 330) {
      return value;
    }
    if (digits < -330) {
      return Math.copySign(0.0, value);
    }
    double rounded =
        new BigDecimal(value).setScale((int) digits, RoundingMode.HALF_EVEN).doubleValue();
    return rounded == 0 ? Math.copySign(0.0, value) : rounded;
  }

  /** The error of a result that does not fit. */
  public static Failure overflow() {
    return new Failure("integer overflow: the result does not fit into 64 bits");
  }
}

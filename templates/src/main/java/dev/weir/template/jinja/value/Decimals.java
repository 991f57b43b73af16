package dev.weir.template.jinja.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floating point numbers in decimal, in the ways that Python writes them. */
final class Decimals {

  private Decimals() {}

  /** The fewest digits that are this finite number again. */
  static String shortest(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(Math.abs(value))).stripTrailingZeros();
    if (exact.precision() == 2) {
      BigDecimal shorter = exact.round(new MathContext(1, RoundingMode.HALF_EVEN));
      exact = shorter.doubleValue() == Math.abs(value) ? shorter.stripTrailingZeros() : exact;
    }
    String digits = exact.unscaledValue().toString();
    int exponent = digits.length() - exact.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent < -4 || exponent >= 16) {
      return sign + scientific(digits, exponent, "e");
    }
    return sign + plain(digits, exponent, 1);
  }

  /** {@code d.dde+xx}. */
  private static String scientific(String digits, int exponent, String e) {
    String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
    String size = Integer.toString(Math.abs(exponent));
    return digits.charAt(0)
        + fraction
        + e
        + (exponent < 0 ? "-" : "+")
        + (size.length() < 2 ? "0" : "")
        + size;
  }

  /** Without an exponent, with at least so many digits behind the point. */
  private static String plain(String digits, int exponent, int behind) {
    String number = exponent < 0 ? "0".repeat(-exponent) + digits : digits;
    int whole = Math.max(exponent, 0) + 1;
    if (number.length() < whole) {
      number += "0".repeat(whole - number.length());
    }
    String fraction = number.substring(whole);
    fraction += "0".repeat(Math.max(0, behind - fraction.length()));
    return fraction.isEmpty()
        ? number.substring(0, whole)
        : number.substring(0, whole) + "." + fraction;
  }

  /** As {@code %f}: so many digits behind the point. */
  static String fixed(double value, int precision) {
    return new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  /** As {@code %e}: one digit before the point, so many behind it. */
  static String exponential(double value, int precision) {
    if (value == 0) {
      return scientific("0".repeat(precision + 1), 0, "e");
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - rounded.scale() - 1;
    digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
    return scientific(digits.substring(0, precision + 1), exponent, "e");
  }

  /**
   * As {@code %g}: so many digits in all, in the shorter of both ways.
   *
   * @param zeros whether zeros at the end stay
   */
  static String general(double value, int precision, Zeros zeros) {
    int places = Math.max(precision, 1);
    if (value == 0) {
      return zeros == Zeros.KEPT && places > 1 ? "0." + "0".repeat(places - 1) : "0";
    }
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(places, RoundingMode.HALF_EVEN));
    String digits = rounded.unscaledValue().toString();
    int exponent = digits.length() - rounded.scale() - 1;
    digits += "0".repeat(Math.max(0, places - digits.length()));
    digits = digits.substring(0, places);
    if (zeros == Zeros.DROPPED) {
      digits = digits.replaceAll("(?<=.)0+$", "");
    }
    return exponent < -4 || exponent >= places
        ? scientific(digits, exponent, "e")
        : plain(digits, exponent, 0);
  }

  /** As {@code %}: a hundred times the number, with so many digits behind the point. */
  static String percent(double value, int precision) {
    return fixed(value * 100, precision);
  }

  /**
   * As {@code %g}, but never like an integer.
   *
   * @param zeros whether zeros at the end stay
   */
  static String generalWithPoint(double value, int precision, Zeros zeros) {
    int places = Math.max(precision, 1);
    BigDecimal rounded =
        new BigDecimal(value).round(new MathContext(places, RoundingMode.HALF_EVEN));
    int exponent = value == 0 ? 0 : rounded.precision() - rounded.scale() - 1;
    String digits = general(value, precision, zeros);
    if (exponent == places - 1 && exponent >= 0) {
      String all = rounded.unscaledValue().toString();
      all += "0".repeat(Math.max(0, places - all.length()));
      return scientific(zeros == Zeros.KEPT ? all : all.replaceAll("(?<=.)0+$", ""), exponent, "e");
    }
    return digits.indexOf('.') < 0 && digits.indexOf('e') < 0 ? digits + ".0" : digits;
  }

  /** The digits of a number, with a point even where nothing stands behind it. */
  static String pointed(String digits) {
    return digits.indexOf('.') < 0 ? digits.replaceFirst("(?=[eE%]|$)", ".") : digits;
  }

  /** What becomes of zeros at the end of a fraction. */
  enum Zeros {
    KEPT,
    DROPPED
  }
}

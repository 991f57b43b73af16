package dev.weir.template.go;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** The digits of floating point numbers, by verb and precision; -1 for as few as are needed. */
final class DecimalDigits {
  /** From which exponent on {@code g} with few digits writes one. */
  private static final int PLAIN_UP_TO = 6;

  /** Below which exponent {@code g} writes one. */
  private static final int PLAIN_FROM = -4;

  private final String digits;

  /** How many of the digits stand before the decimal point; may be negative. */
  private final int point;

  private DecimalDigits(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    boolean zero = stripped.signum() == 0;
    this.digits = zero ? "" : stripped.unscaledValue().toString();
    this.point = zero ? 0 : digits.length() - stripped.scale();
  }

  static String format(double value, int verb, int precision) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    String sign = Double.compare(value, 0.0) < 0 ? "-" : "";
    double magnitude = Math.abs(value);
    if (Double.isInfinite(magnitude)) {
      return sign + "Inf";
    }
    return sign
        + switch (verb) {
          case 'b' -> BinaryDigits.exact(magnitude);
          case 'x' -> BinaryDigits.hexadecimal(magnitude, precision);
          case 'X' -> BinaryDigits.hexadecimal(magnitude, precision).toUpperCase(Locale.ROOT);
          case 'f' -> fixed(magnitude, precision);
          case 'e' -> exponential(magnitude, precision);
          case 'E' -> exponential(magnitude, precision).toUpperCase(Locale.ROOT);
          case 'G' -> general(magnitude, precision).toUpperCase(Locale.ROOT);
          default -> general(magnitude, precision);
        };
  }

  private static String fixed(double value, int precision) {
    BigDecimal exact = new BigDecimal(value).setScale(precision, RoundingMode.HALF_EVEN);
    return new DecimalDigits(exact).plain(precision);
  }

  private static String exponential(double value, int precision) {
    return rounded(value, precision + 1).withExponent(precision);
  }

  private static String general(double value, int precision) {
    boolean shortest = precision < 0;
    int wanted = shortest ? 0 : Math.max(1, precision);
    DecimalDigits digits = shortest ? shortest(value) : rounded(value, wanted);
    int count = digits.digits.length();
    int limit = wanted;
    if (limit > count && count >= digits.point) {
      limit = count;
    }
    if (shortest) {
      limit = PLAIN_UP_TO;
    }
    int exponent = digits.point - 1;
    return exponent < PLAIN_FROM || exponent >= limit
        ? digits.withExponent(count - 1)
        : digits.plain(Math.max(count - digits.point, 0));
  }

  private static DecimalDigits rounded(double value, int count) {
    return new DecimalDigits(
        new BigDecimal(value).round(new MathContext(count, RoundingMode.HALF_EVEN)));
  }

  /** The fewest digits that give the number back. */
  private static DecimalDigits shortest(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value));
    BigDecimal one = decimal.round(new MathContext(1, RoundingMode.HALF_EVEN));
    // Java writes two digits where one would do: 4.9E-324.
    return new DecimalDigits(one.doubleValue() == value ? one : decimal);
  }

  private int exponent() {
    return digits.isEmpty() ? 0 : point - 1;
  }

  private char digit(int index) {
    return index >= 0 && index < digits.length() ? digits.charAt(index) : '0';
  }

  private String plain(int decimals) {
    StringBuilder text = new StringBuilder();
    for (int index = 0; index < point; index++) {
      text.append(digit(index));
    }
    if (point <= 0) {
      text.append('0');
    }
    return decimals(text, point, decimals).toString();
  }

  private String withExponent(int decimals) {
    StringBuilder text = decimals(new StringBuilder().append(digit(0)), 1, decimals);
    int exponent = exponent();
    text.append(exponent < 0 ? "e-" : "e+");
    int magnitude = Math.abs(exponent);
    return text.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }

  private StringBuilder decimals(StringBuilder text, int from, int count) {
    if (count > 0) {
      text.append('.');
      for (int index = from; index < from + count; index++) {
        text.append(digit(index));
      }
    }
    return text;
  }
}

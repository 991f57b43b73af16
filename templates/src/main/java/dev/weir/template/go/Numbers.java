package dev.weir.template.go;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's source code writes them; null for what is none or does not fit. */
final class Numbers {
  private static final BigInteger TOO_LARGE = BigInteger.TWO.pow(64);
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("[+-]?0[xX]([0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+");

  private Numbers() {}

  static @Nullable Long signed(String text) {
    boolean negative = text.startsWith("-");
    boolean sign = negative || text.startsWith("+");
    BigInteger magnitude = magnitude(sign ? text.substring(1) : text);
    if (magnitude == null) {
      return null;
    }
    BigInteger value = negative ? magnitude.negate() : magnitude;
    return value.bitLength() <= 63 ? Long.valueOf(value.longValue()) : null;
  }

  /** The bits of an unsigned integer. */
  static @Nullable Long unsigned(String text) {
    BigInteger magnitude = magnitude(text);
    return magnitude == null ? null : Long.valueOf(magnitude.longValue());
  }

  /** An integer of up to 64 bits in any base, without a sign. */
  private static @Nullable BigInteger magnitude(String text) {
    if (!underscoresSeparate(text)) {
      return null;
    }
    String digits = text.replace("_", "").toLowerCase(Locale.ROOT);
    int radix = 10;
    if (digits.length() > 1 && digits.charAt(0) == '0') {
      radix =
          switch (digits.charAt(1)) {
            case 'x' -> 16;
            case 'b' -> 2;
            default -> 8;
          };
      boolean prefixed = radix != 8 || digits.charAt(1) == 'o';
      digits = digits.substring(prefixed ? 2 : 1);
    }
    int base = radix;
    if (digits.isEmpty() || !digits.chars().allMatch(digit -> isDigit(digit, base))) {
      return null;
    }
    BigInteger value = new BigInteger(digits, radix);
    return value.compareTo(TOO_LARGE) < 0 ? value : null;
  }

  private static boolean isDigit(int unit, int radix) {
    return unit < 0x80 && Character.digit(unit, radix) >= 0;
  }

  static @Nullable Double real(String text) {
    if (!underscoresSeparate(text)) {
      return null;
    }
    String plain = text.replace("_", "");
    if (!HEXADECIMAL.matcher(plain).matches() && !DECIMAL.matcher(plain).matches()) {
      return null;
    }
    double value = Double.parseDouble(plain);
    return Double.isInfinite(value) ? null : Double.valueOf(value);
  }

  /** The number of the bits of an unsigned integer. */
  static double unsignedToReal(long bits) {
    return bits >= 0 ? bits : new BigInteger(Long.toUnsignedString(bits)).doubleValue();
  }

  /** Whether every underscore stands between digits, or between the base's letter and a digit. */
  private static boolean underscoresSeparate(String text) {
    if (text.indexOf('_') < 0) {
      return true;
    }
    String digits = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    boolean based = digits.matches("0[xXoObB].*");
    String rest = based ? "0" + digits.substring(2) : digits;
    return !rest.startsWith("_") && !rest.endsWith("_") && betweenDigits(rest, based ? 16 : 10);
  }

  private static boolean betweenDigits(String text, int radix) {
    for (int at = text.indexOf('_'); at >= 0; at = text.indexOf('_', at + 1)) {
      if (!isDigit(text.charAt(at - 1), radix) || !isDigit(text.charAt(at + 1), radix)) {
        return false;
      }
    }
    return true;
  }
}

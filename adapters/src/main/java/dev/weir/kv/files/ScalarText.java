package dev.weir.kv.files;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text that an unquoted scalar of YAML stands for, as programs of YAML 1.1 read it: {@code yes}
 * is {@code true}, {@code 0644} is {@code 420}, {@code 1.50} is {@code 1.5}, nothing is nothing.
 */
final class ScalarText {

  private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "true", "True", "TRUE");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "off", "Off", "OFF", "false", "False", "FALSE");

  private static final Pattern DECIMAL = Pattern.compile("[-+]?(0|[1-9][0-9_]*)");
  private static final Pattern HEXADECIMAL = Pattern.compile("[-+]?0x[0-9a-fA-F_]+");
  private static final Pattern OCTAL = Pattern.compile("[-+]?0o?[0-7_]+");
  private static final Pattern BINARY = Pattern.compile("[-+]?0b[01_]+");
  private static final Pattern FRACTION =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("([-+]?)\\.(inf|Inf|INF)");
  private static final Set<String> NO_NUMBER = Set.of(".nan", ".NaN", ".NAN");

  private static final BigInteger LARGEST = BigInteger.TWO.pow(64);
  private static final BigInteger SMALLEST = BigInteger.TWO.pow(63).negate();

  private ScalarText() {}

  /** What it stands for; absent for nothing. */
  static Optional<String> of(String scalar) {
    if (NOTHING.contains(scalar)) {
      return Optional.empty();
    }
    if (TRUE.contains(scalar)) {
      return Optional.of("true");
    }
    if (FALSE.contains(scalar)) {
      return Optional.of("false");
    }
    return Optional.of(whole(scalar).or(() -> fraction(scalar)).orElse(scalar));
  }

  private static Optional<String> whole(String scalar) {
    if (DECIMAL.matcher(scalar).matches()) {
      return whole(scalar, "", 10);
    }
    if (HEXADECIMAL.matcher(scalar).matches()) {
      return whole(scalar, "0x", 16);
    }
    if (OCTAL.matcher(scalar).matches()) {
      return whole(scalar, "0o?", 8);
    }
    return BINARY.matcher(scalar).matches() ? whole(scalar, "0b", 2) : Optional.empty();
  }

  private static Optional<String> whole(String scalar, String mark, int radix) {
    String digits = scalar.replace("_", "").replaceFirst("^([-+]?)" + mark, "$1");
    if (digits.isEmpty() || !Character.isLetterOrDigit(digits.charAt(digits.length() - 1))) {
      return Optional.empty();
    }
    BigInteger value = new BigInteger(digits, radix);
    boolean fits = value.compareTo(LARGEST) < 0 && value.compareTo(SMALLEST) >= 0;
    return fits ? Optional.of(value.toString()) : Optional.empty();
  }

  private static Optional<String> fraction(String scalar) {
    if (FRACTION.matcher(scalar).matches()) {
      double value = Double.parseDouble(scalar.toLowerCase(Locale.ROOT));
      return Double.isFinite(value) ? Optional.of(plain(value)) : Optional.empty();
    }
    if (INFINITE.matcher(scalar).matches()) {
      return Optional.of(scalar.startsWith("-") ? "-Inf" : "+Inf");
    }
    return NO_NUMBER.contains(scalar) ? Optional.of("NaN") : Optional.empty();
  }

  /** The shortest decimal that is read as the same number, without an exponent. */
  private static String plain(double value) {
    String digits = new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
    return value == 0 && 1 / value < 0 ? "-0" : digits;
  }
}

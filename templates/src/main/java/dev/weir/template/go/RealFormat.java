package dev.weir.template.go;

import dev.weir.template.Bytes;

/** Formats floating point and complex numbers. */
final class RealFormat {
  private static final int DEFAULT_PRECISION = 6;
  private static final int SHORTEST = -1;

  private RealFormat() {}

  /** Writes a number; false where the verb is not one of floating point numbers. */
  static boolean write(Bytes out, double value, Directive directive) {
    switch (directive.verb) {
      case 'v' -> write(out, value, 'g', SHORTEST, directive);
      case 'b', 'g', 'G', 'x', 'X' -> write(out, value, directive.verb, SHORTEST, directive);
      case 'f', 'e', 'E' -> write(out, value, directive.verb, DEFAULT_PRECISION, directive);
      case 'F' -> write(out, value, 'f', DEFAULT_PRECISION, directive);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Writes a complex number; false where the verb is not one of them. */
  static boolean write(Bytes out, Complex value, Directive directive) {
    if (directive.verb > 0x7F || "vbgGxXfFeE".indexOf(directive.verb) < 0) {
      return false;
    }
    out.write('(');
    write(out, value.real(), directive);
    write(out, value.imaginary(), directive.withPlus());
    out.write("i)");
    return true;
  }

  private static void write(Bytes out, double value, int verb, int otherwise, Directive directive) {
    int precision = directive.precision == Directive.NONE ? otherwise : directive.precision;
    String number = DecimalDigits.format(value, verb, precision);
    boolean negative = number.startsWith("-");
    String magnitude = negative ? number.substring(1) : number;
    String sign = negative ? "-" : directive.plus ? "+" : directive.space ? " " : "";
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      String shown = Double.isInfinite(value) && sign.isEmpty() ? "+" : sign;
      Padding.write(out, shown + magnitude, directive.withoutZero());
      return;
    }
    if (directive.sharp && verb != 'b') {
      magnitude = withPoint(magnitude, verb, precision);
    }
    int missing = directive.width - sign.length() - magnitude.length();
    if (!sign.isEmpty() && directive.zero && missing > 0) {
      out.write(sign);
      Padding.fill(out, missing, directive);
      out.write(magnitude);
      return;
    }
    Padding.write(out, sign + magnitude, directive);
  }

  /** With a decimal point always, and for {@code g} with the zeros that it leaves out. */
  private static String withPoint(String number, int verb, int precision) {
    int end = 0;
    while (end < number.length() && !startsExponent(number.charAt(end), verb)) {
      end++;
    }
    String digits = number.substring(0, end);
    StringBuilder shown = new StringBuilder(digits);
    if (digits.indexOf('.') < 0) {
      shown.append('.');
    }
    if (verb == 'g' || verb == 'G' || verb == 'x') {
      int wanted = precision == SHORTEST ? DEFAULT_PRECISION : precision;
      shown.repeat('0', Math.max(0, wanted - significant(digits)));
    }
    return shown + number.substring(end);
  }

  private static boolean startsExponent(char unit, int verb) {
    boolean hexadecimal = verb == 'x' || verb == 'X';
    return (hexadecimal ? "pP" : "pPeE").indexOf(unit) >= 0;
  }

  /** How many digits count: from the first that is not zero, and a lone zero. */
  private static int significant(String digits) {
    if (digits.equals("0")) {
      return 1;
    }
    int first = 0;
    while (first < digits.length() && "0.".indexOf(digits.charAt(first)) >= 0) {
      first++;
    }
    return (int) digits.substring(first).chars().filter(unit -> unit != '.').count();
  }
}

package dev.weir.template.go;

/** Floating point numbers with an exponent of two. */
final class BinaryDigits {
  private static final int MANTISSA_BITS = 52;
  private static final long MANTISSA = (1L << MANTISSA_BITS) - 1;

  /** Where the digit before the point stands while digits are taken off. */
  private static final int TOP = 60;

  private static final int MOST_DIGITS = 15;

  private BinaryDigits() {}

  /** {@code 4503599627370496p-52}. */
  static String exact(double magnitude) {
    int exponent = exponent(magnitude) - MANTISSA_BITS;
    return mantissa(magnitude) + (exponent >= 0 ? "p+" : "p") + exponent;
  }

  /** {@code 0x1.8p+01}; a precision of -1 writes as many digits as there are. */
  static String hexadecimal(double magnitude, int precision) {
    long mantissa = mantissa(magnitude) << (TOP - MANTISSA_BITS);
    int exponent = mantissa == 0 ? 0 : exponent(magnitude);
    while (mantissa != 0 && (mantissa & 1L << TOP) == 0) {
      mantissa <<= 1;
      exponent--;
    }
    if (precision >= 0 && precision < MOST_DIGITS) {
      mantissa = rounded(mantissa, TOP - 4 * precision);
      if ((mantissa & 1L << (TOP + 1)) != 0) {
        mantissa >>= 1;
        exponent++;
      }
    }
    return "0x" + (mantissa >> TOP & 1) + decimals(mantissa << 4, precision) + power(exponent);
  }

  private static long rounded(long mantissa, int dropped) {
    long kept = mantissa >> dropped;
    long rest = mantissa & (1L << dropped) - 1;
    long half = 1L << (dropped - 1);
    boolean up = rest > half || (rest == half && (kept & 1) == 1);
    return (up ? kept + 1 : kept) << dropped;
  }

  private static String decimals(long fraction, int precision) {
    StringBuilder text = new StringBuilder();
    long rest = fraction;
    for (int digit = 0; precision < 0 ? rest != 0 : digit < precision; digit++) {
      text.append(text.isEmpty() ? "." : "").append(Character.forDigit((int) (rest >>> TOP), 16));
      rest <<= 4;
    }
    return text.toString();
  }

  private static String power(int exponent) {
    int magnitude = Math.abs(exponent);
    return (exponent < 0 ? "p-" : "p+") + (magnitude < 10 ? "0" : "") + magnitude;
  }

  private static long mantissa(double magnitude) {
    long bits = Double.doubleToRawLongBits(magnitude);
    long fraction = bits & MANTISSA;
    return isNormal(bits) ? fraction | 1L << MANTISSA_BITS : fraction;
  }

  private static int exponent(double magnitude) {
    long bits = Double.doubleToRawLongBits(magnitude);
    int biased = (int) (bits >> MANTISSA_BITS & 0x7FF);
    return (isNormal(bits) ? biased : 1) - Double.MAX_EXPONENT;
  }

  private static boolean isNormal(long bits) {
    return (bits >> MANTISSA_BITS & 0x7FF) != 0;
  }
}

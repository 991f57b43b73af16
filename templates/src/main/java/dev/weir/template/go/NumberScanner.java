package dev.weir.template.go;

/** Finds where a number ends, generously: whether it is one, {@link NumberLiteral} says. */
final class NumberScanner {
  private static final String DECIMAL = "0123456789_";
  private static final String HEXADECIMAL = "0123456789abcdefABCDEF_";

  private final byte[] input;
  private int at;

  NumberScanner(byte[] input, int at) {
    this.input = input;
    this.at = at;
  }

  /** The index behind what was scanned. */
  int position() {
    return at;
  }

  /** Goes behind one number; false where a letter or digit sticks to it, which is taken too. */
  boolean scan() {
    accept("+-");
    String digits = digits();
    acceptAll(digits);
    if (accept(".")) {
      acceptAll(digits);
    }
    if (exponent(digits)) {
      accept("+-");
      acceptAll(DECIMAL);
    }
    accept("i");
    if (at < input.length && Runes.isAlphanumeric(Runes.at(input, at))) {
      at += Runes.width(input, at);
      return false;
    }
    return true;
  }

  private boolean exponent(String digits) {
    return switch (digits) {
      case DECIMAL -> accept("eE");
      case HEXADECIMAL -> accept("pP");
      default -> false;
    };
  }

  private String digits() {
    if (!accept("0")) {
      return DECIMAL;
    }
    if (accept("xX")) {
      return HEXADECIMAL;
    }
    if (accept("oO")) {
      return "01234567_";
    }
    return accept("bB") ? "01_" : DECIMAL;
  }

  private boolean accept(String any) {
    if (at < input.length && input[at] >= 0 && any.indexOf(input[at]) >= 0) {
      at++;
      return true;
    }
    return false;
  }

  private void acceptAll(String any) {
    while (accept(any)) {
      // One after the other.
    }
  }
}

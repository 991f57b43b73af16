package dev.weir.template.go;

import dev.weir.template.go.Token.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A number as written, and everything that it can be used as.
 *
 * @param written its text
 * @param integer as a signed integer, or null
 * @param unsigned as an unsigned integer, its bits, or null
 * @param real as a floating point number, or null
 * @param complex as a complex number, or null; where it is one it is nothing else by default
 */
record NumberLiteral(
    String written,
    @Nullable Long integer,
    @Nullable Long unsigned,
    @Nullable Double real,
    @Nullable Complex complex) {

  private static final double TWO_TO_63 = 0x1p63;

  /** A literal that is none; the message is Go's. */
  static final class BadNumber extends Exception {
    private static final long serialVersionUID = 1;

    BadNumber(String message) {
      super(message);
    }
  }

  /** What a token stands for. */
  static NumberLiteral of(Token token) throws BadNumber {
    String text = token.word();
    if (token.kind() == Kind.CHARACTER_CONSTANT) {
      return character(token);
    }
    if (token.kind() == Kind.COMPLEX) {
      int second = secondSign(text);
      return complex(
          text,
          parse(text, text.substring(0, second)),
          parse(text, text.substring(second, text.length() - 1)));
    }
    if (text.endsWith("i")) {
      Double imaginary = Numbers.real(text.substring(0, text.length() - 1));
      if (imaginary != null) {
        return complex(text, 0, imaginary);
      }
    }
    return plain(text);
  }

  private static NumberLiteral character(Token token) throws BadNumber {
    int rune = Quoting.unquoteCharacter(token.text());
    if (rune == -1) {
      throw new BadNumber("invalid syntax");
    }
    if (rune == -2) {
      throw new BadNumber("malformed character constant: " + token.word());
    }
    return new NumberLiteral(token.word(), (long) rune, (long) rune, (double) rune, null);
  }

  /** The index of the sign between the parts, which is no sign of an exponent. */
  private static int secondSign(String text) {
    int plus = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    boolean exponent = "eEpP".indexOf(text.charAt(plus - 1)) >= 0 && !text.startsWith("0x");
    return exponent ? secondSign(text.substring(0, plus)) : plus;
  }

  private static double parse(String whole, String part) throws BadNumber {
    Double value = Numbers.real(part);
    if (value == null) {
      throw new BadNumber("illegal number syntax: " + Quoting.quote(whole));
    }
    return value;
  }

  private static NumberLiteral complex(String text, double real, double imaginary) {
    Complex value = new Complex(real, imaginary);
    return imaginary == 0
        ? new NumberLiteral(text, wholeOf(real), unsignedOf(real), real, value)
        : new NumberLiteral(text, null, null, null, value);
  }

  private static NumberLiteral plain(String text) throws BadNumber {
    Long integer = Numbers.signed(text);
    Long unsigned = Numbers.unsigned(text);
    if (integer != null) {
      Long bits = integer == 0 ? Long.valueOf(0) : unsigned;
      return new NumberLiteral(text, integer, bits, (double) integer, null);
    }
    if (unsigned != null) {
      return new NumberLiteral(text, null, unsigned, Numbers.unsignedToReal(unsigned), null);
    }
    Double real = Numbers.real(text);
    if (real == null) {
      throw new BadNumber("illegal number syntax: " + Quoting.quote(text));
    }
    if (!containsAny(text, ".eEpP")) {
      throw new BadNumber("integer overflow: " + Quoting.quote(text));
    }
    return new NumberLiteral(text, wholeOf(real), unsignedOf(real), real, null);
  }

  private static @Nullable Long wholeOf(double real) {
    boolean fits = real >= -TWO_TO_63 && real < TWO_TO_63 && real == Math.rint(real);
    return fits ? Long.valueOf((long) real) : null;
  }

  private static @Nullable Long unsignedOf(double real) {
    if (real < 0 || real >= 2 * TWO_TO_63 || real != Math.rint(real)) {
      return null;
    }
    return real < TWO_TO_63 ? (long) real : (long) (real - TWO_TO_63) + Long.MIN_VALUE;
  }

  /** Whether it is a floating point number where nothing says what it shall be. */
  boolean looksReal() {
    return real != null && !isHexInteger() && !isCharacter() && containsAny(written, ".eEpP");
  }

  private boolean isHexInteger() {
    return (written.startsWith("0x") || written.startsWith("0X")) && !containsAny(written, "pP");
  }

  private boolean isCharacter() {
    return written.startsWith("'");
  }

  private static boolean containsAny(String text, String any) {
    return text.chars().anyMatch(unit -> any.indexOf(unit) >= 0);
  }
}

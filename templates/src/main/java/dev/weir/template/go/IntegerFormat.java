package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Int;
import dev.weir.template.Text;
import java.util.Locale;

/** Formats integers. */
final class IntegerFormat {
  private IntegerFormat() {}

  /** Writes a number; false where the verb is not one of integers. */
  static boolean write(Bytes out, Int number, Directive directive) {
    switch (directive.verb) {
      case 'v' -> {
        if (directive.source && number.kind() != Int.Kind.SIGNED) {
          Directive hexadecimal = directive.with('x');
          hexadecimal.sharp = true;
          digits(out, number, 16, hexadecimal);
        } else {
          digits(out, number, 10, directive);
        }
      }
      case 'd' -> digits(out, number, 10, directive);
      case 'b' -> digits(out, number, 2, directive);
      case 'o', 'O' -> digits(out, number, 8, directive);
      case 'x', 'X' -> digits(out, number, 16, directive);
      case 'c' -> character(out, number, directive);
      case 'q' ->
          Padding.write(
              out,
              Quoting.quoteRune(
                  number.value(), directive.plus ? Quoting.Beyond.ESCAPED : Quoting.Beyond.KEPT),
              directive);
      case 'U' -> unicode(out, number.value(), directive);
      default -> {
        return false;
      }
    }
    return true;
  }

  private static void digits(Bytes out, Int number, int base, Directive directive) {
    boolean negative = number.kind() == Int.Kind.SIGNED && number.value() < 0;
    if (directive.precision == 0 && number.value() == 0) {
      Padding.fill(out, directive.width, directive.withoutZero());
      return;
    }
    long magnitude = negative ? -number.value() : number.value();
    String digits = Long.toUnsignedString(magnitude, base);
    StringBuilder text = new StringBuilder(sign(negative, directive));
    String zeros = zeros(digits, text.length(), directive);
    if (directive.sharp) {
      text.append(prefix(base, (zeros + digits).startsWith("0")));
    }
    text.append(directive.verb == 'O' ? "0o" : "").append(zeros).append(digits);
    String shown = directive.verb == 'X' ? upper(text) : text.toString();
    Padding.write(out, shown, directive.withoutZero());
  }

  private static String upper(StringBuilder text) {
    return text.toString().toUpperCase(Locale.ROOT);
  }

  private static String sign(boolean negative, Directive directive) {
    if (negative) {
      return "-";
    }
    return directive.plus ? "+" : directive.space ? " " : "";
  }

  /** Leading zeros, by precision or by a width that is filled with them. */
  private static String zeros(String digits, int signs, Directive directive) {
    int wanted = directive.precision;
    if (wanted == Directive.NONE && directive.zero && directive.width != Directive.NONE) {
      wanted = directive.width - signs;
    }
    return "0".repeat(Math.max(0, wanted - digits.length()));
  }

  private static String prefix(int base, boolean leadingZero) {
    return switch (base) {
      case 2 -> "0b";
      case 8 -> leadingZero ? "" : "0";
      case 16 -> "0x";
      default -> "";
    };
  }

  private static void character(Bytes out, Int number, Directive directive) {
    Bytes one = new Bytes();
    long value = number.value();
    Runes.write(one, value < 0 || value > Character.MAX_CODE_POINT ? Runes.ERROR : (int) value);
    Padding.write(out, one.toText(), directive);
  }

  private static void unicode(Bytes out, long value, Directive directive) {
    String digits = Long.toUnsignedString(value, 16).toUpperCase(Locale.ROOT);
    int wanted = Math.max(4, directive.precision);
    Bytes text = new Bytes();
    text.write("U+" + "0".repeat(Math.max(0, wanted - digits.length())) + digits);
    boolean character = value >= 0 && value <= Character.MAX_CODE_POINT;
    if (directive.sharp && character && Runes.isPrint((int) value)) {
      text.write(" '");
      Runes.write(text, (int) value);
      text.write("'");
    }
    Text whole = text.toText();
    Padding.write(out, whole, directive.withoutZero());
  }
}

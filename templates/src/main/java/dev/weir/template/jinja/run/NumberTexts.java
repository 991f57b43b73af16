package dev.weir.template.jinja.run;

import dev.weir.template.Int;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Whitespace;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Numbers;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers that are written in texts, as Python's {@code int()} and {@code float()} read them. */
final class NumberTexts {

  private static final Pattern UNDERSCORES = Pattern.compile("(?<=[0-9a-zA-Z])_(?=[0-9a-zA-Z])");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?");

  private NumberTexts() {}

  /** The integer, or null where the text is none. */
  static @Nullable Value integer(String written, long base) {
    if (base != 0 && (base < 2 || base > 36)) {
      throw new Failure("int() base must be >= 2 and <= 36, or 0");
    }
    String text = UNDERSCORES.matcher(stripped(written)).replaceAll("");
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int radix = base == 0 ? 10 : (int) base;
    int prefix = prefix(digits);
    if (prefix != 0 && (base == 0 || base == prefix)) {
      radix = prefix;
      digits = UNDERSCORES.matcher(digits.substring(2)).replaceAll("").replaceFirst("^_", "");
    } else if (base == 0
        && digits.length() > 1
        && digits.startsWith("0")
        && !digits.matches("0+")) {
      return null;
    }
    int used = radix;
    if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, used) >= 0)) {
      return null;
    }
    BigInteger value = new BigInteger((negative ? "-" : "") + digits, radix);
    if (value.bitLength() > 63) {
      throw Numbers.overflow();
    }
    return Int.of(value.longValue());
  }

  private static int prefix(String digits) {
    if (digits.length() < 3 || digits.charAt(0) != '0') {
      return 0;
    }
    return switch (digits.charAt(1)) {
      case 'x', 'X' -> 16;
      case 'o', 'O' -> 8;
      case 'b', 'B' -> 2;
      default -> 0;
    };
  }

  /** The number, or null where the text is none. */
  static @Nullable Double real(String written) {
    String text = UNDERSCORES.matcher(stripped(written)).replaceAll("");
    String name = text.toLowerCase(Locale.ROOT);
    String unsigned = name.startsWith("-") || name.startsWith("+") ? name.substring(1) : name;
    double sign = name.startsWith("-") ? -1 : 1;
    return switch (unsigned) {
      case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> REAL.matcher(text).matches() ? Double.valueOf(text) : null;
    };
  }

  private static String stripped(String text) {
    String left = text.substring(Whitespace.skip(text, 0));
    return left.substring(0, Whitespace.lengthWithoutTail(left));
  }
}

package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.Real;
import dev.weir.template.Value;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How one value is written by {@code format()}: what stands behind the colon in its braces. */
final class FormatSpec {

  private static final Pattern WRITTEN =
      Pattern.compile(
          "(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?"
              + "(?<width>\\d+)?(?<group>[,_])?(?:\\.(?<precision>\\d+))?(?<type>[a-zA-Z%])?",
          Pattern.DOTALL);
  private static final int WIDEST = 1 << 20;

  private final Matcher written;
  private final Value value;
  private final Budget budget;

  private FormatSpec(Matcher written, Value value, Budget budget) {
    this.written = written;
    this.value = value;
    this.budget = budget;
  }

  /** A value as the specification says. */
  static String apply(Value value, String spec, Budget budget) {
    if (spec.isEmpty()) {
      return Show.str(value);
    }
    boolean formattable =
        Types.isText(value) || Types.isNumber(value) || value instanceof Undefined;
    if (!formattable) {
      throw new Failure("unsupported format string passed to " + Types.name(value) + ".__format__");
    }
    Matcher written = WRITTEN.matcher(spec);
    if (!written.matches()) {
      throw new Failure("Invalid format specifier '" + spec + "'");
    }
    return new FormatSpec(written, value, budget).text();
  }

  private String text() {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Types.isText(value)) {
      return string();
    }
    char type = type('\0');
    if (value instanceof Real || (type != '\0' && "eEfFgG%".indexOf(type) >= 0)) {
      return real(Numbers.real(value), type);
    }
    return integer(Numbers.index(value), type);
  }

  private char type(char otherwise) {
    String type = written.group("type");
    return type == null ? otherwise : type.charAt(0);
  }

  private int number(String group, int otherwise) {
    String digits = written.group(group);
    if (digits == null) {
      return otherwise;
    }
    int number = digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    if (number > WIDEST) {
      throw new Failure(group + " " + digits + " is too large (expected: at most " + WIDEST + ")");
    }
    return number;
  }

  private boolean has(String group) {
    return written.group(group) != null;
  }

  private Failure unknown(char type) {
    return new Failure(
        "Unknown format code '%s' for object of type '%s'".formatted(type, Types.name(value)));
  }

  private String string() {
    char type = type('s');
    if (type != 's') {
      throw unknown(type);
    }
    if (has("sign") || has("group") || has("alternate") || "=".equals(written.group("align"))) {
      throw new Failure("signs, '=', '#' and ',' are not allowed in the format of a string");
    }
    String text = Types.text(value);
    int points = text.codePointCount(0, text.length());
    int precision = Math.min(number("precision", points), points);
    return padded("", text.substring(0, text.offsetByCodePoints(0, precision)), '<');
  }

  private String integer(long number, char type) {
    if (has("precision")) {
      throw new Failure("Precision not allowed in integer format specifier");
    }
    if (value instanceof Bool && type == '\0' && !has("group")) {
      return padded(sign(number < 0), digits(number, 10), '>');
    }
    if (type == 'c' && (has("sign") || has("alternate"))) {
      throw new Failure("signs and '#' are not allowed in the format 'c'");
    }
    return switch (type) {
      case '\0', 'd', 'n' -> padded(sign(number < 0), grouped(digits(number, 10), 3), '>');
      case 'b' -> padded(sign(number < 0) + prefix("0b"), grouped(digits(number, 2), 4), '>');
      case 'o' -> padded(sign(number < 0) + prefix("0o"), grouped(digits(number, 8), 4), '>');
      case 'x' -> padded(sign(number < 0) + prefix("0x"), grouped(digits(number, 16), 4), '>');
      case 'X' ->
          padded(
              sign(number < 0) + prefix("0X"),
              grouped(digits(number, 16).toUpperCase(Locale.ROOT), 4),
              '>');
      case 'c' -> padded("", Percent.character(Int.of(number)), '<');
      default -> throw unknown(type);
    };
  }

  private static String digits(long number, int radix) {
    String signed = Long.toString(number, radix);
    return number < 0 ? signed.substring(1) : signed;
  }

  private String prefix(String written) {
    return has("alternate") ? written : "";
  }

  private String sign(boolean negative) {
    String positive = has("sign") ? written.group("sign") : "-";
    return negative ? "-" : positive.equals("-") ? "" : positive;
  }

  private String real(double number, char type) {
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    double magnitude = Math.abs(number);
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      String name = Double.isNaN(number) ? "nan" : "inf";
      boolean upper = type == 'E' || type == 'F' || type == 'G';
      String shown = upper ? name.toUpperCase(Locale.ROOT) : name;
      return padded(sign(negative), type == '%' ? shown + "%" : shown, '>');
    }
    int precision = number("precision", 6);
    String digits =
        switch (type) {
          case 'f', 'F' -> Decimals.fixed(magnitude, precision);
          case 'e' -> Decimals.exponential(magnitude, precision);
          case 'E' -> Decimals.exponential(magnitude, precision).toUpperCase(Locale.ROOT);
          case 'g', 'n' -> Decimals.general(magnitude, precision, zeros());
          case 'G' -> Decimals.general(magnitude, precision, zeros()).toUpperCase(Locale.ROOT);
          case '%' -> Decimals.percent(magnitude, precision) + "%";
          case '\0' -> plain(magnitude);
          default -> throw unknown(type);
        };
    String shown = has("alternate") ? Decimals.pointed(digits) : digits;
    return padded(sign(negative), grouped(shown, 3), '>');
  }

  private Decimals.Zeros zeros() {
    return has("alternate") ? Decimals.Zeros.KEPT : Decimals.Zeros.DROPPED;
  }

  private String plain(double magnitude) {
    if (!has("precision")) {
      return Decimals.shortest(magnitude);
    }
    return Decimals.generalWithPoint(magnitude, number("precision", 6), zeros());
  }

  private String grouped(String digits, int size) {
    if (!has("group")) {
      return digits;
    }
    String group = written.group("group");
    if (type('d') == 'n' || (size == 4 && group.equals(","))) {
      throw new Failure("Cannot specify '" + group + "' with '" + type('d') + "'.");
    }
    int whole = 0;
    while (whole < digits.length()
        && Character.digit(digits.charAt(whole), 16) >= 0
        && (size == 4 || Character.isDigit(digits.charAt(whole)))) {
      whole++;
    }
    return separated(digits.substring(0, whole), size) + digits.substring(whole);
  }

  private String separated(String whole, int size) {
    StringBuilder out = new StringBuilder(whole);
    for (int i = whole.length() - size; i > 0; i -= size) {
      out.insert(i, written.group("group"));
    }
    return out.toString();
  }

  private String padded(String sign, String body, char otherwise) {
    int width = number("width", 0);
    boolean zero = has("zero") && !has("align");
    char align = has("align") ? written.group("align").charAt(0) : zero ? '=' : otherwise;
    if (zero && Types.isText(value)) {
      align = '<';
    }
    String fill = has("fill") ? written.group("fill") : has("zero") ? "0" : " ";
    if (align == '=' && fill.equals("0") && has("group")) {
      return sign + withGroups(body, width - sign.length());
    }
    int missing = width - sign.length() - body.codePointCount(0, body.length());
    if (missing <= 0) {
      return sign + body;
    }
    budget.reserve(width);
    return switch (align) {
      case '<' -> sign + body + fill.repeat(missing);
      case '>' -> fill.repeat(missing) + sign + body;
      case '^' -> fill.repeat(missing / 2) + sign + body + fill.repeat(missing - missing / 2);
      default -> sign + fill.repeat(missing) + body;
    };
  }

  /** Zeros in front are grouped like other digits. */
  private String withGroups(String body, int width) {
    int size = "boxX".indexOf(type('d')) >= 0 ? 4 : 3;
    String rest = body.replaceFirst(size == 4 ? "^[0-9a-fA-F_]*" : "^[0-9,_]*", "");
    String digits = body.substring(0, body.length() - rest.length()).replaceAll("[,_]", "");
    String grouped = separated(digits, size);
    while (grouped.length() + rest.length() < width) {
      digits = "0" + digits;
      grouped = separated(digits, size);
    }
    return grouped + rest;
  }
}

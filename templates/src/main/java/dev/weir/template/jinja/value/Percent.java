package dev.weir.template.jinja.value;

import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code '%s' % a}: replaces what stands behind percent signs by values. */
public final class Percent {

  private static final int WIDEST = 1 << 20;

  private final Value values;
  private final List<Value> places;
  private final Budget budget;
  private final boolean markup;
  private int used;

  private Percent(Value values, Budget budget, boolean markup) {
    this.values = values;
    this.places = values instanceof Tuple tuple ? tuple.items() : List.of(values);
    this.budget = budget;
    this.markup = markup;
  }

  /**
   * A text with its fields replaced.
   *
   * @param values a tuple of all, a dict for fields with keys, or the only one
   */
  public static Value format(Value pattern, Value values, Budget budget) {
    Percent percent = new Percent(values, budget, pattern instanceof Markup);
    String text = percent.run(Types.text(pattern));
    return percent.markup ? new Markup(text) : Text.of(text);
  }

  private String run(String pattern) {
    StringBuilder out = new StringBuilder();
    boolean keyed = false;
    int done = 0;
    for (int at = pattern.indexOf('%'); at >= 0; at = pattern.indexOf('%', done)) {
      out.append(pattern, done, at);
      if (pattern.startsWith("%%", at)) {
        out.append('%');
        done = at + 2;
        continue;
      }
      PercentField field = PercentField.at(pattern, at);
      keyed |= field.key() != null;
      String text = text(field);
      budget.reserve(text.length());
      out.append(text);
      done = field.end();
    }
    out.append(pattern, done, pattern.length());
    boolean single =
        !(values instanceof Tuple) && (values instanceof MapValue || values instanceof ListValue);
    if (!keyed && used < places.size() && !single) {
      throw new Failure("not all arguments converted during string formatting");
    }
    return out.toString();
  }

  private String text(PercentField field) {
    if (field.type() == PercentField.NONE) {
      throw new Failure("incomplete format");
    }
    String flags = field.flags();
    int width = size(field.width(), 0);
    if (width < 0) {
      flags += "-";
      width = -width;
    }
    int precision = Math.max(0, size(field.precision(), 0));
    Value value = value(field.key());
    boolean given = field.precision() != null;
    String body = body(new Conversion(field.type(), flags, given ? precision : -1), value);
    return padded(body, new Conversion(field.type(), flags, precision), width);
  }

  /** One field: its letter, its flags, and its precision, below zero where there is none. */
  private record Conversion(char type, String flags, int precision) {
    boolean has(char flag) {
      return flags.indexOf(flag) >= 0;
    }

    boolean isNumber() {
      return "diuoxXeEfFgG".indexOf(type) >= 0;
    }
  }

  private int size(@Nullable String written, int otherwise) {
    if (written == null || written.isEmpty()) {
      return otherwise;
    }
    long size =
        written.equals("*")
            ? Numbers.index(next())
            : written.length() > 9 ? Long.MAX_VALUE : Long.parseLong(written);
    if (Math.abs(size) > WIDEST || size == Long.MIN_VALUE) {
      throw new Failure("width or precision too large (expected: at most " + WIDEST + ")");
    }
    return (int) size;
  }

  private Value value(@Nullable String key) {
    if (key == null) {
      return next();
    }
    if (!(values instanceof MapValue map)) {
      throw new Failure("format requires a mapping");
    }
    used = places.size();
    Value found = Keys.get(map, Text.of(key));
    if (found == null) {
      throw new Failure("KeyError: '" + key + "'");
    }
    return found;
  }

  private Value next() {
    if (used >= places.size()) {
      throw new Failure("not enough arguments for format string");
    }
    return places.get(used++);
  }

  private String body(Conversion field, Value value) {
    if (markup && "coxX".indexOf(field.type()) >= 0) {
      throw new Failure("%%%s is not for safe texts (expected: %%s, %%d)".formatted(field.type()));
    }
    return switch (field.type()) {
      case 's' -> cut(value instanceof Markup ? Show.str(value) : safe(Show.str(value)), field);
      case 'r' -> cut(safe(Show.repr(value)), field);
      case 'a' -> cut(ascii(safe(Show.repr(value))), field);
      case 'c' -> character(value);
      case 'd', 'i', 'u' -> signed(field, integer(field, value), 10, "");
      case 'o' -> signed(field, exact(field, value), 8, "0o");
      case 'x' -> signed(field, exact(field, value), 16, "0x");
      case 'X' -> signed(field, exact(field, value), 16, "0X").toUpperCase(Locale.ROOT);
      case 'e', 'E', 'f', 'F', 'g', 'G' -> real(field, number(value));
      default -> throw new Failure("unsupported format character '" + field.type() + "'");
    };
  }

  /** Escaped where the pattern is markup. */
  private String safe(String text) {
    return markup ? Markup.escape(text) : text;
  }

  private static String cut(String text, Conversion field) {
    int points = text.codePointCount(0, text.length());
    boolean longer = field.precision() >= 0 && field.precision() < points;
    return longer ? text.substring(0, text.offsetByCodePoints(0, field.precision())) : text;
  }

  private static long integer(Conversion field, Value value) {
    if (value instanceof Real real) {
      return Numbers.index(Numbers.truncated(real.value()));
    }
    if (!Numbers.isInteger(value)) {
      requireNumber(value, "%" + field.type() + " format: a real number is required");
    }
    return Numbers.index(value);
  }

  private static long exact(Conversion field, Value value) {
    if (!Numbers.isInteger(value)) {
      throw new Failure(
          "%%%s format: an integer is required, not %s".formatted(field.type(), Types.name(value)));
    }
    return Numbers.index(value);
  }

  private static double number(Value value) {
    if (Types.isText(value)) {
      throw new Failure("must be real number, not str");
    }
    requireNumber(value, "must be real number");
    return Numbers.real(value);
  }

  private static void requireNumber(Value value, String message) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (!Types.isNumber(value)) {
      throw new Failure(message + ", not " + Types.name(value));
    }
  }

  private static String signed(Conversion field, long number, int radix, String prefix) {
    String digits = Long.toString(number, radix).replace("-", "");
    return sign(field, number < 0)
        .concat(field.has('#') ? prefix : "")
        .concat("0".repeat(Math.max(0, field.precision() - digits.length())))
        .concat(digits);
  }

  private static String sign(Conversion field, boolean negative) {
    return negative ? "-" : field.has('+') ? "+" : field.has(' ') ? " " : "";
  }

  private static String real(Conversion field, double number) {
    boolean negative = number < 0 || (number == 0 && 1 / number < 0);
    double size = Math.abs(number);
    int precision = field.precision() < 0 ? 6 : field.precision();
    String digits;
    if (Double.isNaN(size) || Double.isInfinite(size)) {
      digits = Double.isNaN(size) ? "nan" : "inf";
    } else {
      digits =
          switch (Character.toLowerCase(field.type())) {
            case 'e' -> Decimals.exponential(size, precision);
            case 'f' -> Decimals.fixed(size, precision);
            default ->
                Decimals.general(
                    size, precision, field.has('#') ? Decimals.Zeros.KEPT : Decimals.Zeros.DROPPED);
          };
    }
    if (field.has('#') && Double.isFinite(size)) {
      digits = Decimals.pointed(digits);
    }
    String text = sign(field, negative) + digits;
    return Character.isUpperCase(field.type()) ? text.toUpperCase(Locale.ROOT) : text;
  }

  private String padded(String body, Conversion field, int width) {
    int missing = width - body.codePointCount(0, body.length());
    if (missing <= 0) {
      return body;
    }
    budget.reserve(width);
    if (field.has('-')) {
      return body + " ".repeat(missing);
    }
    if (!field.has('0') || !field.isNumber()) {
      return " ".repeat(missing) + body;
    }
    int sign = body.isEmpty() || "+- ".indexOf(body.charAt(0)) < 0 ? 0 : 1;
    int prefix =
        body.startsWith("0x", sign) || body.startsWith("0X", sign) || body.startsWith("0o", sign)
            ? sign + 2
            : sign;
    return body.substring(0, prefix) + "0".repeat(missing) + body.substring(prefix);
  }

  /** The character of a number, or a text of one character. */
  static String character(Value value) {
    if (Types.isText(value)) {
      String text = Types.text(value);
      if (text.codePointCount(0, text.length()) == 1) {
        return text;
      }
    } else if (Numbers.isInteger(value)) {
      long c = Numbers.index(value);
      if (c < 0 || c > Character.MAX_CODE_POINT) {
        throw new Failure("the number is no character (expected: 0 to 0x10ffff)");
      }
      return Character.toString((int) c);
    }
    throw new Failure("a character or its number is required");
  }

  /** With escapes for all that is not ASCII. */
  static String ascii(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c ->
            out.append(
                c < 0x80
                    ? Character.toString(c)
                    : c < 0x100
                        ? "\\x%02x".formatted(c)
                        : c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c)));
    return out.toString();
  }
}

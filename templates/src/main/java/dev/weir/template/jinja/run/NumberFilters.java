package dev.weir.template.jinja.run;

import dev.weir.template.Int;
import dev.weir.template.Null;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Filters that give numbers, or write them. */
final class NumberFilters {

  private static final List<String> SIZES = List.of("k", "M", "G", "T", "P", "E", "Z", "Y");

  private NumberFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "abs" -> Library.filter(name, "", (v, a, c) -> absolute(v));
      case "int" -> Library.filter(name, "?default ?base", (v, a, c) -> integer(v, a));
      case "float" -> Library.filter(name, "?default", (v, a, c) -> real(v, a));
      case "round" -> Library.filter(name, "?precision ?method", (v, a, c) -> round(v, a));
      case "filesizeformat" -> Library.filter(name, "?binary", (v, a, c) -> fileSize(v, a));
      default -> null;
    };
  }

  private static Value absolute(Value value) {
    if (value instanceof Real real) {
      return new Real(Math.abs(real.value()));
    }
    if (!Types.isNumber(value)) {
      throw new Failure("bad operand type for abs(): '" + Types.name(value) + "'");
    }
    long number = Numbers.index(value);
    if (number == Long.MIN_VALUE) {
      throw Numbers.overflow();
    }
    return Int.of(Math.abs(number));
  }

  private static Value integer(Value value, Bound args) {
    Value otherwise = args.get(0, Int.of(0));
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (Types.isText(value)) {
      String text = Types.text(value);
      Value whole = NumberTexts.integer(text, args.integer(1, 10));
      return whole == null ? truncated(NumberTexts.real(text), otherwise) : whole;
    }
    if (value instanceof Real real) {
      return Double.isNaN(real.value()) ? otherwise : Numbers.truncated(real.value());
    }
    return Numbers.isInteger(value) ? Int.of(Numbers.index(value)) : otherwise;
  }

  private static Value truncated(@Nullable Double real, Value otherwise) {
    return real == null || Double.isNaN(real) || Double.isInfinite(real)
        ? otherwise
        : Numbers.truncated(real);
  }

  private static Value real(Value value, Bound args) {
    if (value instanceof Undefined undefined) {
      throw undefined.failure();
    }
    Value otherwise = args.get(0, new Real(0));
    if (Types.isText(value)) {
      Double real = NumberTexts.real(Types.text(value));
      return real == null ? otherwise : new Real(real);
    }
    return Types.isNumber(value) ? new Real(Numbers.real(value)) : otherwise;
  }

  private static Value round(Value value, Bound args) {
    String method = args.text(1, "common");
    long precision = args.some(0).map(Numbers::index).orElse(0L);
    if (!List.of("common", "ceil", "floor").contains(method)) {
      throw new Failure("method must be common, ceil or floor");
    }
    if (!Types.isNumber(value)) {
      if (value instanceof Undefined undefined) {
        throw undefined.failure();
      }
      throw new Failure("type " + Types.name(value) + " doesn't define __round__ method");
    }
    if (method.equals("common")) {
      return value instanceof Real real
          ? common(real.value(), args.get(0, Int.of(0)), precision)
          : whole(Numbers.index(value), precision);
    }
    double scale = Math.pow(10, (double) precision);
    double scaled = Numbers.real(value) * scale;
    return new Real((method.equals("ceil") ? Math.ceil(scaled) : Math.floor(scaled)) / scale + 0.0);
  }

  private static Value common(double value, Value given, long precision) {
    double rounded = Numbers.rounded(value, precision);
    return given == Null.NULL ? Numbers.truncated(rounded) : new Real(rounded);
  }

  private static Value whole(long value, long precision) {
    if (precision >= 0) {
      return Int.of(value);
    }
    int digits = (int) Math.max(precision, -30);
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_EVEN);
    if (rounded.toBigInteger().bitLength() > 63) {
      throw Numbers.overflow();
    }
    return Int.of(rounded.longValue());
  }

  private static Value fileSize(Value value, Bound args) {
    boolean binary = args.isTrue(0, false);
    @Nullable Double given =
        Types.isText(value)
            ? NumberTexts.real(Types.text(value))
            : Double.valueOf(Numbers.real(value));
    if (given == null) {
      throw new Failure("could not convert string to float: '" + Types.text(value) + "'");
    }
    double bytes = given;
    double base = binary ? 1024 : 1000;
    if (bytes == 1) {
      return Text.of("1 Byte");
    }
    if (bytes < base) {
      return Text.of((long) bytes + " Bytes");
    }
    double unit = base * base;
    int size = 0;
    while (bytes >= unit && size < SIZES.size() - 1) {
      unit *= base;
      size++;
    }
    String prefix = SIZES.get(size);
    String shown = binary ? prefix.toUpperCase(Locale.ROOT) + "i" : prefix;
    BigDecimal scaled = new BigDecimal(base * bytes / unit).setScale(1, RoundingMode.HALF_EVEN);
    return Text.of(scaled.toPlainString() + " " + shown + "B");
  }
}

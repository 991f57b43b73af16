package dev.weir.template.go;

import dev.weir.template.Bytes;
import dev.weir.template.Execution;
import dev.weir.template.Int;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formats arguments by a format, as Go's {@code Sprintf}. */
final class Format {
  /** The largest width, precision and index; written out, one digit more passes. */
  private static final int LARGEST = 1_000_000;

  private final byte[] format;
  private final List<Value> arguments;
  private final Execution execution;
  private final Bytes out = new Bytes();
  private final ValueFormat values;
  private int at;
  private int argument;

  /** Whether arguments were taken out of order, so that surplus ones are none. */
  private boolean reordered;

  /** Whether the index of the current directive is one. */
  private boolean goodIndex;

  /** Whether an index was read last, which binds what follows. */
  private boolean afterIndex;

  private Format(Text format, List<Value> arguments, Execution execution) {
    this.format = format.toBytes();
    this.arguments = arguments;
    this.execution = execution;
    this.values = new ValueFormat(out, execution);
  }

  static Text format(Text format, List<Value> arguments, Execution execution) throws LimitExceeded {
    Format run = new Format(format, arguments, execution);
    run.all();
    return run.out.toText();
  }

  private void all() throws LimitExceeded {
    while (at < format.length) {
      int before = out.size();
      int percent = at;
      while (percent < format.length && format[percent] != '%') {
        percent++;
      }
      out.write(format, at, percent);
      at = percent;
      if (at < format.length) {
        at++;
        directive();
      }
      execution.built(out.size() - before);
      execution.checkSize(out.size());
    }
    if (!reordered && argument < arguments.size()) {
      surplus();
    }
  }

  private void surplus() throws LimitExceeded {
    out.write("%!(EXTRA ");
    for (int index = argument; index < arguments.size(); index++) {
      Value value = arguments.get(index);
      out.write(index > argument ? ", " : "");
      if (value == Null.NULL) {
        out.write("<nil>");
      } else {
        out.write(Types.name(value) + "=");
        values.print(value, new Directive('v'));
      }
    }
    out.write(')');
  }

  private void directive() throws LimitExceeded {
    Directive directive = new Directive(0);
    goodIndex = true;
    afterIndex = false;
    flags(directive);
    index();
    width(directive);
    precision(directive);
    if (!afterIndex) {
      index();
    }
    if (at >= format.length) {
      out.write("%!(NOVERB)");
      return;
    }
    directive.verb = Runes.at(format, at);
    at += Runes.width(format, at);
    apply(directive);
  }

  private void apply(Directive directive) throws LimitExceeded {
    if (directive.verb == '%') {
      out.write('%');
    } else if (!goodIndex) {
      mistake(directive, "(BADINDEX)");
    } else if (argument >= arguments.size()) {
      mistake(directive, "(MISSING)");
    } else {
      directive.settle();
      values.print(arguments.get(argument++), directive);
    }
  }

  private void mistake(Directive directive, String what) {
    out.write("%!");
    Runes.write(out, directive.verb);
    out.write(what);
  }

  private void flags(Directive directive) {
    for (; at < format.length; at++) {
      switch (format[at]) {
        case '#' -> directive.sharp = true;
        case '0' -> directive.zero = !directive.minus;
        case '+' -> directive.plus = true;
        case '-' -> {
          directive.minus = true;
          directive.zero = false;
        }
        case ' ' -> directive.space = true;
        default -> {
          return;
        }
      }
    }
  }

  private void width(Directive directive) {
    if (!here('*')) {
      directive.width = number();
      if (afterIndex && directive.width != Directive.NONE) {
        goodIndex = false;
      }
      return;
    }
    at++;
    Integer given = star();
    if (given == null) {
      out.write("%!(BADWIDTH)");
    } else {
      directive.width = Math.abs(given);
      if (given < 0) {
        directive.minus = true;
        directive.zero = false;
      }
    }
    afterIndex = false;
  }

  private void precision(Directive directive) {
    if (!here('.') || at + 1 == format.length) {
      return;
    }
    at++;
    if (afterIndex) {
      goodIndex = false;
    }
    index();
    if (!here('*')) {
      directive.precision = Math.max(0, number());
      return;
    }
    at++;
    Integer given = star();
    if (given == null || given < 0) {
      out.write("%!(BADPREC)");
    } else {
      directive.precision = given;
    }
    afterIndex = false;
  }

  private boolean here(char what) {
    return at < format.length && format[at] == what;
  }

  /** The next argument as a number, or null where it is none or too large. */
  private @Nullable Integer star() {
    if (argument >= arguments.size()) {
      return null;
    }
    boolean whole = arguments.get(argument++) instanceof Int number && isSmall(number);
    return whole ? (int) ((Int) arguments.get(argument - 1)).value() : null;
  }

  private static boolean isSmall(Int number) {
    return number.value() >= -LARGEST && number.value() <= LARGEST;
  }

  /** Digits, or -1 where there are none; too large a number goes to the end. */
  private int number() {
    int value = Directive.NONE;
    for (; at < format.length && format[at] >= '0' && format[at] <= '9'; at++) {
      if (value > LARGEST) {
        at = format.length;
        return Directive.NONE;
      }
      value = Math.max(0, value) * 10 + format[at] - '0';
    }
    return value;
  }

  /** An index such as {@code [2]}, if one is here. */
  private void index() {
    afterIndex = false;
    if (!here('[')) {
      return;
    }
    reordered = true;
    int close = at + 1;
    while (close < format.length && format[close] != ']') {
      close++;
    }
    if (format.length - at < 3 || close >= format.length) {
      goodIndex = false;
      at++;
      return;
    }
    at++;
    int wanted = number() - 1;
    boolean good = at == close && wanted >= 0 && wanted < arguments.size();
    afterIndex = at == close && wanted >= -1;
    at = close + 1;
    if (good) {
      argument = wanted;
      afterIndex = true;
    } else {
      goodIndex = false;
    }
  }
}

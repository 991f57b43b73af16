package dev.weir.template.jinja.value;

import dev.weir.template.Int;
import dev.weir.template.Text;
import dev.weir.template.Value;

/** {@code '{}'.format(a)}: replaces what stands in braces by arguments. */
final class BraceFormat {

  private final String pattern;
  private final Args args;
  private final Budget budget;
  private final boolean markup;
  private final StringBuilder out = new StringBuilder();
  private int at;
  private int automatic;

  private BraceFormat(Value pattern, Args args, Budget budget) {
    this.pattern = Types.text(pattern);
    this.args = args;
    this.budget = budget;
    this.markup = pattern instanceof Markup;
  }

  static Value format(Value pattern, Args args, Budget budget) {
    BraceFormat format = new BraceFormat(pattern, args, budget);
    format.run();
    String text = format.out.toString();
    return format.markup ? new Markup(text) : Text.of(text);
  }

  private void run() {
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      boolean doubled = at < pattern.length() && pattern.charAt(at) == c;
      if (c != '{' && c != '}') {
        out.append(c);
      } else if (doubled) {
        out.append(c);
        at++;
      } else if (c == '}') {
        throw new Failure("Single '}' encountered in format string");
      } else {
        field();
      }
    }
  }

  private void field() {
    int end = end();
    String inner = pattern.substring(at, end);
    at = end + 1;
    int colon = colon(inner);
    String name = colon < 0 ? inner : inner.substring(0, colon);
    int bang = name.indexOf('!');
    Value value = value(bang < 0 ? name : name.substring(0, bang));
    String spec = colon < 0 ? "" : expanded(inner.substring(colon + 1));
    String text =
        bang < 0 ? written(value, spec) : converted(value, name.substring(bang + 1), spec);
    budget.reserve(text.length());
    out.append(text);
  }

  private String written(Value value, String spec) {
    String text = FormatSpec.apply(value, spec, budget);
    return markup && !(value instanceof Markup) ? Markup.escape(text) : text;
  }

  private String converted(Value value, String conversion, String spec) {
    String text =
        switch (conversion) {
          case "r" -> Show.repr(value);
          case "s" -> Show.str(value);
          case "a" -> Percent.ascii(Show.repr(value));
          default -> throw new Failure("Unknown conversion specifier '" + conversion + "'");
        };
    return written(Text.of(text), spec);
  }

  /** Where the field that starts here ends. */
  private int end() {
    int depth = 1;
    for (int i = at; i < pattern.length(); i++) {
      depth += pattern.charAt(i) == '{' ? 1 : pattern.charAt(i) == '}' ? -1 : 0;
      if (depth == 0) {
        return i;
      }
    }
    throw new Failure("expected '}' before end of string");
  }

  private static int colon(String inner) {
    int bracket = 0;
    for (int i = 0; i < inner.length(); i++) {
      char c = inner.charAt(i);
      bracket += c == '[' ? 1 : c == ']' ? -1 : 0;
      if (c == ':' && bracket <= 0) {
        return i;
      }
    }
    return -1;
  }

  /** A specification with the fields that stand in it replaced. */
  private String expanded(String spec) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < spec.length(); i++) {
      int close = spec.indexOf('}', i);
      if (spec.charAt(i) == '{' && close > 0) {
        text.append(Show.str(value(spec.substring(i + 1, close))));
        i = close;
      } else {
        text.append(spec.charAt(i));
      }
    }
    return text.toString();
  }

  private Value value(String path) {
    int end = 0;
    while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
      end++;
    }
    Value value = argument(path.substring(0, end));
    for (int i = end; i < path.length(); ) {
      int next = next(path, i);
      boolean item = path.charAt(i) == '[';
      value =
          item
              ? item(value, path.substring(i + 1, next - 1))
              : member(value, path.substring(i + 1, next));
      i = next;
    }
    return value;
  }

  private static int next(String path, int from) {
    if (path.charAt(from) == '[') {
      int close = path.indexOf(']', from);
      if (close < 0) {
        throw new Failure("Missing ']' in format string");
      }
      return close + 1;
    }
    int end = from + 1;
    while (end < path.length() && ".[".indexOf(path.charAt(end)) < 0) {
      end++;
    }
    if (path.charAt(from) != '.' || end == from + 1) {
      throw new Failure("Empty attribute in format string");
    }
    return end;
  }

  private Value argument(String name) {
    boolean number = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!name.isEmpty() && !number) {
      Value named = args.named().get(name);
      if (named == null) {
        throw new Failure("KeyError: '" + name + "'");
      }
      return named;
    }
    if (number == automatic > 0 && (number || automatic < 0)) {
      throw new Failure("cannot mix numbered and automatic fields in a format string");
    }
    int index = number ? Integer.parseInt(name.length() > 9 ? "999999999" : name) : automatic++;
    automatic = number ? -1 : automatic;
    if (index >= args.positional().size()) {
      throw new Failure("Replacement index " + index + " out of range for positional args tuple");
    }
    return args.positional().get(index);
  }

  private static Value item(Value value, String key) {
    boolean number = !key.isEmpty() && key.chars().allMatch(c -> c >= '0' && c <= '9');
    Value found = Items.get(value, number ? Int.of(Long.parseLong(key)) : Text.of(key));
    if (found == null) {
      throw new Failure("KeyError: '" + key + "'");
    }
    return found;
  }

  private Value member(Value value, String name) {
    Value found = new Members(budget).get(value, name);
    if (found == null) {
      throw new Failure("'" + Types.name(value) + "' object has no attribute '" + name + "'");
    }
    return found;
  }
}

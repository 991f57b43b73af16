package dev.weir.template.jinja.run;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Real;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Compare;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a value as JSON that may stand in HTML: keys in order, only ASCII. */
final class Json {

  private static final int DEEPEST = 200;

  private final Budget budget;

  /** Null for all in one line. */
  private final @Nullable String indent;

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private Json(Budget budget, @Nullable String indent) {
    this.budget = budget;
    this.indent = indent;
  }

  /**
   * @param args the indent: a number of spaces or a text; none for one line
   */
  static String write(Value value, Bound args, Budget budget) {
    Json json = new Json(budget, args.some(0).map(Json::indent).orElse(null));
    json.add(value);
    return json.out.toString();
  }

  private static String indent(Value given) {
    return Types.isText(given)
        ? Types.text(given)
        : " ".repeat((int) Math.clamp(Numbers.index(given), 0L, 100L));
  }

  private void add(Value value) {
    budget.step();
    if (value == Null.NULL) {
      out.append("null");
    } else if (value instanceof Bool bool) {
      out.append(bool.isTrue());
    } else if (value instanceof Int number) {
      out.append(number.value());
    } else if (value instanceof Real real) {
      out.append(real(real.value()));
    } else if (Types.isText(value)) {
      text(Types.text(value));
    } else if (value instanceof ListValue || value instanceof Tuple) {
      list(value);
    } else if (value instanceof MapValue map) {
      map(map);
    } else {
      throw new Failure("Object of type " + Types.name(value) + " is not JSON serializable");
    }
    budget.reserve(16);
  }

  private static String real(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? (value > 0 ? "Infinity" : "-Infinity") : Show.real(value);
  }

  private void text(String text) {
    budget.reserve(text.length());
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          boolean plain = c >= ' ' && c < 0x7f && "<>&'".indexOf(c) < 0;
          out.append(plain || c == 0x7f ? Character.toString(c) : "\\u%04x".formatted((int) c));
        }
      }
    }
    out.append('"');
  }

  private void enter() {
    depth++;
    if (depth > DEEPEST) {
      throw new Failure("a value nested more than " + DEEPEST + " levels deep is not JSON");
    }
  }

  private void line() {
    if (indent != null) {
      out.append('\n').repeat(indent, depth);
    }
  }

  private void list(Value value) {
    Iterator<Value> items = Iterate.over(value);
    if (!items.hasNext()) {
      out.append("[]");
      return;
    }
    enter();
    out.append('[');
    String separator = "";
    while (items.hasNext()) {
      out.append(separator);
      line();
      add(items.next());
      separator = indent == null ? ", " : ",";
    }
    depth--;
    line();
    out.append(']');
  }

  private void map(MapValue map) {
    if (map.size() == 0) {
      out.append("{}");
      return;
    }
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(map.entries());
    Compare.sort(entries, (a, b) -> Compare.order(a.getKey(), b.getKey(), "<"));
    enter();
    out.append('{');
    String separator = "";
    for (Map.Entry<Value, Value> entry : entries) {
      out.append(separator);
      line();
      text(key(entry.getKey()));
      out.append(": ");
      add(entry.getValue());
      separator = indent == null ? ", " : ",";
    }
    depth--;
    line();
    out.append('}');
  }

  private static String key(Value key) {
    if (key == Null.NULL) {
      return "null";
    }
    if (key instanceof Bool bool) {
      return Boolean.toString(bool.isTrue());
    }
    if (key instanceof Real real) {
      return real(real.value());
    }
    if (Types.isText(key) || key instanceof Int) {
      return Show.str(key);
    }
    throw new Failure("keys must be str, int, float, bool or None, not " + Types.name(key));
  }
}

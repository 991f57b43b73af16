package dev.weir.template.jinja.run;

import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Compare;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.PyDict;
import dev.weir.template.jinja.value.PyList;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Prints values over several lines where one of 80 characters does not do; keys in order. */
final class PrettyPrint {

  private static final int WIDTH = 80;

  private final StringBuilder out = new StringBuilder();

  private PrettyPrint() {}

  static String of(Value value) {
    PrettyPrint print = new PrettyPrint();
    print.add(sorted(value, 0), 0, 0);
    return print.out.toString();
  }

  /** The same value with the keys of all dicts in order. */
  private static Value sorted(Value value, int depth) {
    if (depth > 200) {
      throw new Failure("a value nested more than 200 levels deep cannot be printed");
    }
    if (value instanceof MapValue map) {
      PyDict dict = new PyDict();
      entries(map).forEach(e -> dict.put(e.getKey(), sorted(e.getValue(), depth + 1)));
      return dict;
    }
    if (value instanceof ListValue || value instanceof Tuple) {
      List<Value> items = new ArrayList<>();
      Iterate.over(value).forEachRemaining(item -> items.add(sorted(item, depth + 1)));
      return value instanceof Tuple ? new Tuple(items) : new PyList(items);
    }
    return value;
  }

  private static List<Map.Entry<Value, Value>> entries(MapValue map) {
    List<Map.Entry<Value, Value>> entries = new ArrayList<>(map.entries());
    try {
      Compare.sort(entries, (a, b) -> Compare.order(a.getKey(), b.getKey(), "<"));
    } catch (Failure _) {
      Compare.sort(entries, (a, b) -> rank(a).compareTo(rank(b)));
    }
    return entries;
  }

  private static String rank(Map.Entry<Value, Value> entry) {
    return Types.name(entry.getKey()) + " " + Show.repr(entry.getKey());
  }

  /**
   * @param indent where the value starts
   * @param after how much has to fit behind it in its last line
   */
  private void add(Value value, int indent, int after) {
    String line = Show.repr(value);
    boolean fits = line.codePointCount(0, line.length()) <= WIDTH - indent - after;
    if (fits
        || !(value instanceof MapValue || value instanceof ListValue || value instanceof Tuple)) {
      out.append(line);
    } else if (value instanceof MapValue map) {
      map(map, indent, after);
    } else {
      boolean tuple = value instanceof Tuple;
      items(value, tuple ? "(" : "[", tuple ? ")" : "]", new int[] {indent, after});
    }
  }

  private void map(MapValue map, int indent, int after) {
    out.append('{');
    String separator = "";
    int left = map.size();
    for (Map.Entry<Value, Value> entry : map.entries()) {
      left--;
      out.append(separator);
      String key = Show.repr(entry.getKey());
      out.append(key).append(": ");
      add(
          entry.getValue(),
          indent + 1 + key.codePointCount(0, key.length()) + 2,
          left == 0 ? after + 1 : 1);
      separator = ",\n" + " ".repeat(indent + 1);
    }
    out.append('}');
  }

  private void items(Value value, String open, String close, int[] place) {
    String end = value instanceof Tuple tuple && tuple.items().size() == 1 ? "," + close : close;
    out.append(open);
    String separator = "";
    for (Iterator<Value> items = Iterate.over(value); items.hasNext(); ) {
      Value item = items.next();
      out.append(separator);
      add(item, place[0] + 1, items.hasNext() ? 1 : place[1] + end.length());
      separator = ",\n" + " ".repeat(place[0] + 1);
    }
    out.append(end);
  }
}

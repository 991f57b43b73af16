package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The methods of texts; on markup they escape their arguments and give markup. */
final class TextMethods {

  /** What a method does with a text and its arguments. */
  @FunctionalInterface
  interface Body {
    Value apply(String text, Bound args, Budget budget);
  }

  private record Method(Signature signature, Body body) {}

  private static final Map<String, Method> METHODS = new HashMap<>();

  static {
    CaseMethods.into(TextMethods::add);
    CutMethods.into(TextMethods::add);
    add("find", "sub ?start ?end", (t, a, b) -> Int.of(find(t, a, false)));
    add("rfind", "sub ?start ?end", (t, a, b) -> Int.of(find(t, a, true)));
    add("index", "sub ?start ?end", (t, a, b) -> Int.of(index(t, a, false)));
    add("rindex", "sub ?start ?end", (t, a, b) -> Int.of(index(t, a, true)));
    add("count", "sub ?start ?end", (t, a, b) -> Int.of(count(t, a)));
    add("startswith", "prefix ?start ?end", (t, a, b) -> Bool.of(ends(t, a, true)));
    add("endswith", "suffix ?start ?end", (t, a, b) -> Bool.of(ends(t, a, false)));
    add("replace", "old new ?count", TextMethods::replace);
    add("join", "iterable", TextMethods::join);
  }

  private TextMethods() {}

  private static void add(String name, String parameters, Body body) {
    METHODS.put(name, new Method(Signature.of(name, parameters), body));
  }

  static @Nullable Value get(Value text, String name, Budget budget) {
    if (name.equals("format")) {
      return Callable.of(name, args -> BraceFormat.format(text, args, budget));
    }
    Method method = METHODS.get(name);
    if (method == null) {
      return null;
    }
    if (text instanceof Markup markup) {
      return Callable.of(name, args -> markup(markup, method, args, budget));
    }
    String characters = Types.text(text);
    return Callable.of(
        name, args -> method.body().apply(characters, method.signature().bind(args), budget));
  }

  private static Value markup(Markup markup, Method method, Args args, Budget budget) {
    List<Value> positional =
        args.positional().stream().map(value -> escaped(value, budget)).toList();
    Map<String, Value> named = new LinkedHashMap<>();
    args.named().forEach((name, value) -> named.put(name, escaped(value, budget)));
    Bound bound = method.signature().bind(new Args(positional, named));
    return marked(method.body().apply(markup.text(), bound, budget), budget);
  }

  private static Value escaped(Value value, Budget budget) {
    if (value instanceof Text text) {
      return Text.of(Markup.escape(text.toString()));
    }
    if (value instanceof ListValue || value instanceof Tuple) {
      return new PyList(
          Iterate.all(value, budget).stream().map(item -> escaped(item, budget)).toList());
    }
    return value instanceof Markup markup ? Text.of(markup.text()) : value;
  }

  private static Value marked(Value value, Budget budget) {
    if (value instanceof Text text) {
      return new Markup(text.toString());
    }
    List<Value> items =
        value instanceof ListValue || value instanceof Tuple
            ? Iterate.all(value, budget).stream().map(item -> marked(item, budget)).toList()
            : List.of();
    return value instanceof Tuple
        ? new Tuple(items)
        : value instanceof ListValue ? new PyList(items) : value;
  }

  /** The part of a text that the optional start and end leave, and where it starts. */
  private record Part(String text, int offset) {
    static Part of(String text, Bound args) {
      int size = text.codePointCount(0, text.length());
      int from = SequenceMethods.place(args.get(1, Null.NULL), 0, size);
      int to = Math.max(from, SequenceMethods.place(args.get(2, Null.NULL), size, size));
      int start = text.offsetByCodePoints(0, from);
      return new Part(text.substring(start, text.offsetByCodePoints(0, to)), from);
    }
  }

  private static long find(String text, Bound args, boolean last) {
    String wanted = Types.text(args.get(0));
    Part part = Part.of(text, args);
    int found = last ? part.text().lastIndexOf(wanted) : part.text().indexOf(wanted);
    return found < 0 ? -1 : part.offset() + part.text().codePointCount(0, found);
  }

  private static long index(String text, Bound args, boolean last) {
    long found = find(text, args, last);
    if (found < 0) {
      throw new Failure("substring not found");
    }
    return found;
  }

  private static long count(String text, Bound args) {
    String wanted = Types.text(args.get(0));
    String part = Part.of(text, args).text();
    if (wanted.isEmpty()) {
      return part.codePointCount(0, part.length()) + 1L;
    }
    long count = 0;
    for (int i = part.indexOf(wanted); i >= 0; i = part.indexOf(wanted, i + wanted.length())) {
      count++;
    }
    return count;
  }

  private static boolean ends(String text, Bound args, boolean first) {
    String part = Part.of(text, args).text();
    List<Value> wanted = args.get(0) instanceof Tuple tuple ? tuple.items() : List.of(args.get(0));
    return wanted.stream()
        .map(Types::text)
        .anyMatch(end -> first ? part.startsWith(end) : part.endsWith(end));
  }

  private static Value replace(String text, Bound args, Budget budget) {
    return Text.of(
        replaced(
            text,
            new Change(Types.text(args.get(0)), Types.text(args.get(1))),
            args.integer(2, -1),
            budget));
  }

  /** What is looked for, and what stands there afterwards. */
  record Change(String old, String now) {}

  /** A text with the first so many places changed; a count below zero means all. */
  static String replaced(String text, Change change, long count, Budget budget) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (long done = 0; count < 0 || done < count; done++) {
      int at = text.indexOf(change.old(), from);
      boolean empty = change.old().isEmpty();
      if (at < 0 || (empty && done > text.codePointCount(0, text.length()))) {
        break;
      }
      budget.reserve(out.length() / 64 + change.now().length());
      out.append(text, from, at).append(change.now());
      from = at + change.old().length();
      if (empty && from < text.length()) {
        int next = text.offsetByCodePoints(from, 1);
        out.append(text, from, next);
        from = next;
      } else if (empty) {
        break;
      }
    }
    return out.append(text, from, text.length()).toString();
  }

  private static Value join(String separator, Bound args, Budget budget) {
    StringBuilder out = new StringBuilder();
    List<Value> items = Iterate.all(args.get(0), budget);
    for (int i = 0; i < items.size(); i++) {
      if (!Types.isText(items.get(i))) {
        throw new Failure(
            "sequence item %d: expected str instance, %s found"
                .formatted(i, Types.name(items.get(i))));
      }
      String item = Types.text(items.get(i));
      budget.reserve(item.length() + (long) separator.length());
      out.append(i == 0 ? "" : separator).append(item);
    }
    return Text.of(out.toString());
  }
}

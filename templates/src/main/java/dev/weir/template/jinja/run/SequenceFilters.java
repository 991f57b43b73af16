package dev.weir.template.jinja.run;

import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.run.Library.Filter;
import dev.weir.template.jinja.syntax.BinaryOperator;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.DictView;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Items;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Lazy;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.PyList;
import dev.weir.template.jinja.value.Range;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Filters over all items of a value: their number, first and last, joined, cut into parts. */
final class SequenceFilters {

  private SequenceFilters() {}

  static @Nullable Filter find(String name) {
    return switch (name) {
      case "length", "count" -> Library.filter(name, "", (v, a, c) -> Int.of(Iterate.length(v)));
      case "list" -> Library.filter(name, "", (v, a, c) -> new PyList(Iterate.all(v, c.budget())));
      case "items" -> Library.filter(name, "", (v, a, c) -> items(v));
      case "first" -> Library.filter(name, "", (v, a, c) -> first(v, c));
      case "last" -> Library.filter(name, "", (v, a, c) -> last(v, c));
      case "random" -> Library.filter(name, "", (v, a, c) -> random(v, c));
      case "join" -> Library.filter(name, "?d ?attribute", SequenceFilters::join);
      case "sum" -> Library.filter(name, "?attribute ?start", SequenceFilters::sum);
      case "reverse" -> Library.filter(name, "", (v, a, c) -> reverse(v, c));
      case "batch" -> Library.filter(name, "linecount ?fill_with", SequenceFilters::batch);
      case "slice" -> Library.filter(name, "slices ?fill_with", SequenceFilters::slice);
      default -> null;
    };
  }

  private static Value items(Value value) {
    if (value instanceof Undefined) {
      return Lazy.of(Collections.emptyIterator());
    }
    if (!(value instanceof MapValue map)) {
      throw new Failure("Can only get item pairs from a mapping.");
    }
    return Lazy.of(Iterate.over(new DictView(DictView.Part.ITEMS, map)));
  }

  private static Value first(Value value, Context context) {
    Iterator<Value> items = Iterate.over(value);
    return items.hasNext() ? items.next() : context.undefined("No first item, sequence was empty.");
  }

  private static Value last(Value value, Context context) {
    if (value instanceof Lazy) {
      throw new Failure("'generator' object is not reversible");
    }
    if (value instanceof ListValue || Types.isText(value)) {
      Value last = Items.get(value, Int.of(-1));
      return last == null ? context.undefined("No last item, sequence was empty.") : last;
    }
    List<Value> items = Iterate.all(value, context.budget());
    return items.isEmpty()
        ? context.undefined("No last item, sequence was empty.")
        : items.getLast();
  }

  private static Value random(Value value, Context context) {
    long size = Iterate.length(value);
    if (size == 0) {
      return context.undefined("No random item, sequence was empty.");
    }
    Value chosen = Items.get(value, Int.of(context.random().nextLong(size)));
    if (chosen == null) {
      throw new Failure("'" + Types.name(value) + "' object has no items to choose from");
    }
    return chosen;
  }

  private static Value join(Value value, Bound args, Context context) {
    String separator = args.text(0, "");
    UnaryOperator<Value> part = Attributes.getter(args.get(1, Null.NULL), Null.NULL, context);
    StringBuilder out = new StringBuilder();
    boolean some = false;
    for (Iterator<Value> items = Iterate.over(value); items.hasNext(); some = true) {
      context.budget().step();
      String text = Show.str(part.apply(items.next()));
      context.budget().reserve(text.length() + (long) separator.length());
      out.append(some ? separator : "").append(text);
    }
    return Text.of(out.toString());
  }

  private static Value sum(Value value, Bound args, Context context) {
    UnaryOperator<Value> part = Attributes.getter(args.get(0, Null.NULL), Null.NULL, context);
    Value sum = args.get(1, Int.of(0));
    if (Types.isText(sum)) {
      throw new Failure("sum() can't sum strings [use ''.join(seq) instead]");
    }
    for (Iterator<Value> items = Iterate.over(value); items.hasNext(); ) {
      context.budget().step();
      sum = context.arithmetic().apply(BinaryOperator.ADD, sum, part.apply(items.next()));
    }
    return sum;
  }

  private static Value reverse(Value value, Context context) {
    if (Types.isText(value)) {
      return Items.slice(value, Null.NULL, Null.NULL, Int.of(-1));
    }
    if (value instanceof FunctionValue) {
      throw new Failure("argument must be iterable");
    }
    return Lazy.of(Iterate.all(value, context.budget()).reversed().iterator());
  }

  private static Value batch(Value value, Bound args, Context context) {
    long size = args.integer(0, 1);
    Iterator<Value> items = Iterate.over(value);
    return Lazy.of(() -> {
      List<Value> part = new ArrayList<>();
      while (items.hasNext() && (part.isEmpty() || part.size() != size)) {
        context.budget().step();
        part.add(items.next());
      }
      return part.isEmpty() ? null : new PyList(filled(part, size, args, context));
    });
  }

  private static List<Value> filled(List<Value> part, long size, Bound args, Context context) {
    args.some(1)
        .ifPresent(fill -> {
          context.budget().reserve(Math.max(0, size - part.size()));
          part.addAll(Collections.nCopies((int) Math.max(0, size - part.size()), fill));
        });
    return part;
  }

  private static Value slice(Value value, Bound args, Context context) {
    List<Value> all = Iterate.all(value, context.budget());
    long parts = args.integer(0, 1);
    if (parts == 0) {
      throw new Failure("integer division or modulo by zero");
    }
    long size = Math.floorDiv(all.size(), parts);
    long larger = Math.floorMod(all.size(), parts);
    Iterator<Value> numbers = Iterate.over(new Range(0, parts, 1));
    return Lazy.of(() -> {
      if (!numbers.hasNext()) {
        return null;
      }
      long number = Numbers.index(numbers.next());
      long start = number * size + Math.min(number, larger);
      long end = start + size + (number < larger ? 1 : 0);
      List<Value> part = new ArrayList<>(all.subList((int) start, (int) end));
      if (number >= larger) {
        args.some(1).ifPresent(part::add);
      }
      return new PyList(part);
    });
  }
}

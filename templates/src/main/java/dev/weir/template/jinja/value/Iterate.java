package dev.weir.template.jinja.value;

import dev.weir.template.Bool;
import dev.weir.template.FunctionValue;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.ObjectValue;
import dev.weir.template.Real;
import dev.weir.template.RecordValue;
import dev.weir.template.Special;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongFunction;

/** What values consist of. */
public final class Iterate {

  private Iterate() {}

  /** The items of a value, the keys of a dict, the characters of a text. */
  public static Iterator<Value> over(Value value) {
    return switch (value) {
      case ListValue list -> new Cursor(list);
      case MapValue map -> entries(map, Map.Entry::getKey);
      case Text text -> characters(text.toString(), Text::of);
      case Null _, Bool _, Int _, Real _, RecordValue _, ObjectValue _, FunctionValue _ ->
          throw notIterable(value);
      case Special special -> special((PyValue) special);
    };
  }

  private static Iterator<Value> special(PyValue value) {
    return switch (value) {
      case Markup markup -> characters(markup.text(), Text::of);
      case Tuple tuple -> tuple.items().iterator();
      case Range range -> counted(range.size(), i -> Int.of(range.get(i)));
      case DictView view -> view(view);
      case Lazy lazy -> lazy;
      case Undefined undefined -> {
        undefined.look();
        yield Collections.emptyIterator();
      }
      case PyObject _ -> throw notIterable(value);
    };
  }

  private static Iterator<Value> view(DictView view) {
    return switch (view.part()) {
      case KEYS -> entries(view.dict(), Map.Entry::getKey);
      case VALUES -> entries(view.dict(), Map.Entry::getValue);
      case ITEMS -> entries(view.dict(), entry -> Tuple.of(entry.getKey(), entry.getValue()));
    };
  }

  private static Failure notIterable(Value value) {
    return new Failure("'" + Types.name(value) + "' object is not iterable");
  }

  /** Sees what is added to a list meanwhile, as Python does. */
  private static final class Cursor implements Iterator<Value> {
    private final ListValue list;
    private int index;

    Cursor(ListValue list) {
      this.list = list;
    }

    @Override
    public boolean hasNext() {
      return index < list.size();
    }

    @Override
    public Value next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return list.get(index++);
    }
  }

  /** Fails when the dict changes its size meanwhile. */
  private static Iterator<Value> entries(
      MapValue map, Function<Map.Entry<Value, Value>, Value> part) {
    Iterator<Map.Entry<Value, Value>> entries = map.entries().iterator();
    int size = map.size();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        if (map.size() != size) {
          throw new Failure("dictionary changed size during iteration");
        }
        return entries.hasNext();
      }

      @Override
      public Value next() {
        return part.apply(entries.next());
      }
    };
  }

  private static Iterator<Value> characters(String text, Function<String, Value> made) {
    return text.codePoints().mapToObj(c -> made.apply(Character.toString(c))).iterator();
  }

  private static Iterator<Value> counted(long size, LongFunction<Value> item) {
    return new Iterator<>() {
      private long index;

      @Override
      public boolean hasNext() {
        return index < size;
      }

      @Override
      public Value next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return item.apply(index++);
      }
    };
  }

  /** All items; the budget is asked for each. */
  public static List<Value> all(Value value, Budget budget) {
    List<Value> items = new ArrayList<>();
    for (Iterator<Value> i = over(value); i.hasNext(); ) {
      budget.step();
      items.add(i.next());
    }
    return items;
  }

  /** How many items it has; empty for a value that does not know. */
  public static OptionalLong size(Value value) {
    return switch (value) {
      case ListValue list -> OptionalLong.of(list.size());
      case MapValue map -> OptionalLong.of(map.size());
      case Text text -> OptionalLong.of(codePoints(text.toString()));
      case Null _, Bool _, Int _, Real _, RecordValue _, ObjectValue _, FunctionValue _ ->
          OptionalLong.empty();
      case Special special ->
          switch ((PyValue) special) {
            case Markup markup -> OptionalLong.of(codePoints(markup.text()));
            case Tuple tuple -> OptionalLong.of(tuple.items().size());
            case Range range -> OptionalLong.of(range.size());
            case DictView view -> OptionalLong.of(view.dict().size());
            case Undefined undefined -> {
              undefined.look();
              yield OptionalLong.of(0);
            }
            case Lazy _, PyObject _ -> OptionalLong.empty();
          };
    };
  }

  /** How many items it has; fails for a value that does not know. */
  public static long length(Value value) {
    return size(value)
        .orElseThrow(() -> new Failure("object of type '" + Types.name(value) + "' has no len()"));
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}

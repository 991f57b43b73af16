package dev.weir.template.jinja.value;

import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What stands in square brackets behind a value. */
public final class Items {

  private Items() {}

  /**
   * The item of a key, or null where there is none. Fails for a key that no dict can have.
   *
   * @throws Failure for an undefined value
   */
  public static @Nullable Value get(Value container, Value key) {
    if (container instanceof Undefined undefined) {
      throw undefined.failure();
    }
    if (container instanceof MapValue map) {
      return key instanceof ListValue || key instanceof MapValue ? null : Keys.get(map, key);
    }
    if (!Numbers.isInteger(key)) {
      return null;
    }
    long index = Numbers.index(key);
    if (container instanceof Range range) {
      long at = index < 0 ? index + range.size() : index;
      return at >= 0 && at < range.size() ? Int.of(range.get(at)) : null;
    }
    if (Types.isText(container)) {
      return character(container, index);
    }
    List<Value> items = container instanceof Tuple tuple ? tuple.items() : null;
    ListValue list = container instanceof ListValue found ? found : null;
    int size = items != null ? items.size() : list != null ? list.size() : 0;
    long at = index < 0 ? index + size : index;
    if (at < 0 || at >= size) {
      return null;
    }
    return items != null ? items.get((int) at) : list != null ? list.get((int) at) : null;
  }

  private static @Nullable Value character(Value container, long index) {
    String text = Types.text(container);
    int size = text.codePointCount(0, text.length());
    long at = index < 0 ? index + size : index;
    if (at < 0 || at >= size) {
      return null;
    }
    int offset = text.offsetByCodePoints(0, (int) at);
    String character = Character.toString(text.codePointAt(offset));
    return container instanceof Markup ? new Markup(character) : Text.of(character);
  }

  /**
   * A part of a list, tuple, range or text.
   *
   * @param start where it starts, or {@code None}
   * @param stop before what it ends, or {@code None}
   * @param step how far from one to the next, or {@code None}
   */
  public static Value slice(Value container, Value start, Value stop, Value step) {
    if (container instanceof Undefined undefined) {
      throw undefined.failure();
    }
    boolean sliceable =
        container instanceof ListValue
            || container instanceof Tuple
            || container instanceof Range
            || Types.isText(container);
    if (!sliceable) {
      throw new Failure(
          container instanceof MapValue
              ? "unhashable type: 'slice'"
              : "'" + Types.name(container) + "' object is not subscriptable");
    }
    Cut cut = Cut.of(Iterate.length(container), start, stop, step);
    if (container instanceof Range range) {
      return new Range(
          range.start() + cut.start() * range.step(),
          range.start() + cut.stop() * range.step(),
          range.step() * cut.step());
    }
    if (container instanceof ListValue list) {
      return new PyList(cut.of(list::get));
    }
    if (container instanceof Tuple tuple) {
      return new Tuple(cut.of(tuple.items()::get));
    }
    String part = cut.of(Types.text(container));
    return container instanceof Markup ? new Markup(part) : Text.of(part);
  }

  /** Where a slice starts and stops in something of a known size. */
  private record Cut(long start, long stop, long step) {

    static Cut of(long size, Value start, Value stop, Value step) {
      long by = step == Null.NULL ? 1 : number(step);
      if (by == 0) {
        throw new Failure("slice step cannot be zero");
      }
      long first = by > 0 ? 0 : -1;
      long last = by > 0 ? size : size - 1;
      return new Cut(
          start == Null.NULL ? (by > 0 ? first : last) : within(number(start), size, first, last),
          stop == Null.NULL ? (by > 0 ? last : first) : within(number(stop), size, first, last),
          by);
    }

    private static long number(Value value) {
      if (!Numbers.isInteger(value)) {
        if (value instanceof Undefined undefined) {
          throw undefined.failure();
        }
        throw new Failure("slice indices must be integers or None");
      }
      return Numbers.index(value);
    }

    private static long within(long index, long size, long first, long last) {
      return Math.clamp(index < 0 ? index + size : index, first, last);
    }

    List<Value> of(IntFunction<Value> item) {
      List<Value> items = new ArrayList<>();
      Range range = new Range(start, stop, step);
      for (long i = 0; i < range.size(); i++) {
        items.add(item.apply((int) range.get(i)));
      }
      return items;
    }

    String of(String text) {
      int[] points = text.codePoints().toArray();
      StringBuilder out = new StringBuilder();
      Range range = new Range(start, stop, step);
      for (long i = 0; i < range.size(); i++) {
        out.appendCodePoint(points[(int) range.get(i)]);
      }
      return out.toString();
    }
  }
}

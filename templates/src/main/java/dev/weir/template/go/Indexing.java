package dev.weir.template.go;

import dev.weir.template.FunctionFailure;
import dev.weir.template.Int;
import dev.weir.template.ListValue;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.List;

/** Lengths, elements and parts of texts, lists and maps. */
final class Indexing {
  private static final int MOST_BOUNDS = 3;

  private Indexing() {}

  static Value length(Value item) throws FunctionFailure {
    return switch (Held.open(item)) {
      case Text text -> Int.of(text.byteLength());
      case ListValue list -> Int.of(list.size());
      case MapValue map -> Int.of(map.size());
      case Null _ -> throw new FunctionFailure("len of nil pointer");
      case Missing _ ->
          throw new FunctionFailure("reflect: call of reflect.Value.Type on zero Value");
      default -> throw new FunctionFailure("len of type " + Types.name(Held.open(item)));
    };
  }

  static Value index(Value item, List<Value> indexes) throws FunctionFailure {
    Value at = Evaluator.concrete(item);
    if (at == Missing.MISSING) {
      throw new FunctionFailure("index of untyped nil");
    }
    for (Value index : indexes) {
      at = element(at, Evaluator.concrete(index));
    }
    return at;
  }

  private static Value element(Value item, Value index) throws FunctionFailure {
    return switch (item) {
      case Text text -> {
        int place = place(index, text.byteLength());
        checkInside(place, text.byteLength(), "string");
        yield new Int(text.toBytes()[place] & 0xFF, Int.Kind.BYTE);
      }
      case ListValue list -> {
        int place = place(index, list.size());
        checkInside(place, list.size(), "slice");
        yield list.get(place);
      }
      case MapValue map -> {
        Value found = map.get(CallingValues.prepared(index, map.type().key()));
        yield found == null ? Types.zero(map.type().value()) : found;
      }
      case Null _ -> throw new FunctionFailure("index of nil pointer");
      default -> throw new FunctionFailure("can't index item of type " + Types.name(item));
    };
  }

  private static void checkInside(int place, int size, String what) throws FunctionFailure {
    if (place >= size) {
      throw new FunctionFailure("reflect: " + what + " index out of range");
    }
  }

  /** An index from zero to and with a limit. */
  private static int place(Value index, int limit) throws FunctionFailure {
    return switch (index) {
      case Int number when number.value() >= 0 && number.value() <= limit -> (int) number.value();
      case Int number -> throw new FunctionFailure("index out of range: " + number.value());
      case Missing _ -> throw new FunctionFailure("cannot index slice/array with nil");
      default ->
          throw new FunctionFailure("cannot index slice/array with type " + Types.name(index));
    };
  }

  static Value slice(Value bound, List<Value> bounds) throws FunctionFailure {
    Value item = Evaluator.concrete(bound);
    if (item == Missing.MISSING) {
      throw new FunctionFailure("slice of untyped nil");
    }
    if (bounds.size() > MOST_BOUNDS) {
      throw new FunctionFailure("too many slice indexes: " + bounds.size());
    }
    return switch (item) {
      case Text text -> slice(text, bounds);
      case ListValue list -> slice(list, bounds);
      default -> throw new FunctionFailure("can't slice item of type " + Types.name(item));
    };
  }

  private static Value slice(Text text, List<Value> bounds) throws FunctionFailure {
    if (bounds.size() == MOST_BOUNDS) {
      throw new FunctionFailure("cannot 3-index slice a string");
    }
    int length = text.byteLength();
    int[] places = places(bounds, length, length);
    return text.byteSlice(places[0], places[1]);
  }

  private static Value slice(ListValue list, List<Value> bounds) throws FunctionFailure {
    int[] places = places(bounds, list.size(), Part.capacity(list));
    return Part.of(list, places[0], places[1], places[2]);
  }

  /** From, to, and the end of the capacity. */
  private static int[] places(List<Value> bounds, int size, int capacity) throws FunctionFailure {
    int[] places = {0, size, capacity};
    for (int index = 0; index < bounds.size(); index++) {
      // Not opened: what comes out of a map of anything is no index here, as in Go 1.19.
      places[index] = place(bounds.get(index), capacity);
    }
    checkOrder(places[0], places[1]);
    checkOrder(places[1], places[2]);
    return places;
  }

  private static void checkOrder(int low, int high) throws FunctionFailure {
    if (low > high) {
      throw new FunctionFailure("invalid slice index: " + low + " > " + high);
    }
  }

  /** A part of a list, which can be grown again as far as what it was cut from reaches. */
  private record Part(ListValue whole, int from, int to, int end) implements ListValue {
    static int capacity(ListValue list) {
      return list instanceof Part part ? part.end - part.from : list.size();
    }

    static Part of(ListValue list, int from, int to, int end) {
      return list instanceof Part part
          ? new Part(part.whole, part.from + from, part.from + to, part.from + end)
          : new Part(list, from, to, end);
    }

    @Override
    public int size() {
      return to - from;
    }

    @Override
    public Value get(int index) {
      if (index < 0 || index >= size()) {
        throw new IndexOutOfBoundsException(index);
      }
      return whole.get(from + index);
    }

    @Override
    public Type.ListOf type() {
      return whole.type();
    }
  }
}

package dev.weir.template.jinja.value;

import dev.weir.template.Int;
import dev.weir.template.Null;
import dev.weir.template.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The methods that lists, tuples and ranges share. */
final class SequenceMethods {

  private static final Signature COUNT = Signature.of("count", "value");
  private static final Signature INDEX = Signature.of("index", "value ?start ?stop");

  private SequenceMethods() {}

  static @Nullable Value get(Value sequence, String name, Budget budget) {
    return switch (name) {
      case "count" -> Callable.of(name, args -> count(sequence, COUNT.bind(args).get(0), budget));
      case "index" -> Callable.of(name, args -> index(sequence, INDEX.bind(args), budget));
      default -> null;
    };
  }

  private static Value count(Value sequence, Value wanted, Budget budget) {
    return Int.of(
        Iterate.all(sequence, budget).stream().filter(item -> Compare.equal(item, wanted)).count());
  }

  private static Value index(Value sequence, Bound args, Budget budget) {
    List<Value> items = Iterate.all(sequence, budget);
    int from = place(args.get(1, Null.NULL), 0, items.size());
    int to = place(args.get(2, Null.NULL), items.size(), items.size());
    for (int i = from; i < to; i++) {
      if (Compare.equal(items.get(i), args.get(0))) {
        return Int.of(i);
      }
    }
    throw new Failure(Show.repr(args.get(0)) + " is not in " + Types.name(sequence));
  }

  /** An offset as a slice takes it. */
  static int place(Value given, int otherwise, int size) {
    if (given == Null.NULL) {
      return otherwise;
    }
    long index = Numbers.index(given);
    return (int) Math.clamp(index < 0 ? index + size : index, 0L, size);
  }
}

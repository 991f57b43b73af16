package dev.weir.template.jinja.run;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Bound;
import dev.weir.template.jinja.value.Callable;
import dev.weir.template.jinja.value.DictMethods;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Namespace;
import dev.weir.template.jinja.value.Numbers;
import dev.weir.template.jinja.value.PyDict;
import dev.weir.template.jinja.value.PyObject;
import dev.weir.template.jinja.value.Range;
import dev.weir.template.jinja.value.Signature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions that every template has. */
final class Globals {

  private Globals() {}

  /** The function of a name, or null. */
  static @Nullable Value get(String name, Context context) {
    return switch (name) {
      case "range" -> Callable.of(name, Globals::range);
      case "dict" -> Callable.of(name, args -> dict(args, context));
      case "namespace" -> Callable.of(name, args -> new Namespace(dict(args, context)));
      case "cycler" -> Callable.of(name, args -> new Cycler(args.positional()));
      case "joiner" -> Callable.of(name, Joiner::of);
      case "lipsum" -> Callable.of(name, args -> Lipsum.of(args, context));
      default -> null;
    };
  }

  private static Value range(Args args) {
    List<Value> bounds = args.positional();
    if (bounds.isEmpty() || bounds.size() > 3 || !args.named().isEmpty()) {
      throw new Failure("range expected 1 to 3 arguments, got " + bounds.size());
    }
    long first = Numbers.index(bounds.getFirst());
    return bounds.size() == 1
        ? new Range(0, first, 1)
        : new Range(
            first,
            Numbers.index(bounds.get(1)),
            bounds.size() == 3 ? Numbers.index(bounds.get(2)) : 1);
  }

  private static PyDict dict(Args args, Context context) {
    PyDict dict = new PyDict();
    var _ = DictMethods.update(dict, args, context.budget());
    return dict;
  }

  /** Goes round through its items. */
  private static final class Cycler implements PyObject {
    private final List<Value> items;
    private int position;

    Cycler(List<Value> items) {
      if (items.isEmpty()) {
        throw new Failure("at least one item has to be provided");
      }
      this.items = items;
    }

    @Override
    public String typeName() {
      return "Cycler";
    }

    @Override
    public @Nullable Value attribute(String name) {
      return switch (name) {
        case "current" -> items.get(position);
        case "pos" -> Int.of(position);
        case "next" -> Callable.of(name, args -> next());
        case "reset" -> Callable.of(name, args -> reset());
        default -> null;
      };
    }

    private Value next() {
      Value current = items.get(position);
      position = (position + 1) % items.size();
      return current;
    }

    private Value reset() {
      position = 0;
      return Null.NULL;
    }
  }

  /** Gives nothing when first called, and a separator from then on. */
  private static final class Joiner implements Callable {
    private static final Signature SIGNATURE = Signature.of("joiner", "?sep");

    private final Value separator;
    private boolean used;

    private Joiner(Value separator) {
      this.separator = separator;
    }

    static Value of(Args args) {
      Bound bound = SIGNATURE.bind(args);
      return new Joiner(bound.get(0, Text.of(", ")));
    }

    @Override
    public Value call(Args args) {
      Value now = used ? separator : Text.EMPTY;
      used = true;
      return now;
    }

    @Override
    public String typeName() {
      return "Joiner";
    }

    @Override
    public @Nullable Value attribute(String name) {
      return switch (name) {
        case "sep" -> separator;
        case "used" -> Bool.of(used);
        default -> null;
      };
    }
  }
}

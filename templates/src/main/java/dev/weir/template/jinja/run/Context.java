package dev.weir.template.jinja.run;

import dev.weir.template.FunctionValue;
import dev.weir.template.MapValue;
import dev.weir.template.RecordValue;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Arithmetic;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Callable;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Items;
import dev.weir.template.jinja.value.Members;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What expressions of one run share: its budget, its filters and tests, how values are reached. */
final class Context {

  private static final Set<String> DICT_METHODS =
      Set.of(
          "clear",
          "copy",
          "fromkeys",
          "get",
          "items",
          "keys",
          "pop",
          "popitem",
          "setdefault",
          "update",
          "values");

  private final Library library;
  private final Budget budget;
  private final Undefined.Mode mode;
  private final Members members;
  private final Arithmetic arithmetic;

  Context(Library library, Budget budget, Undefined.Mode mode) {
    this.library = library;
    this.budget = budget;
    this.mode = mode;
    this.members = new Members(budget);
    this.arithmetic = new Arithmetic(budget);
  }

  Budget budget() {
    return budget;
  }

  Arithmetic arithmetic() {
    return arithmetic;
  }

  Library library() {
    return library;
  }

  RandomGenerator random() {
    return ThreadLocalRandom.current();
  }

  /** An undefined value that says why it is one. */
  Value undefined(String message) {
    return new Undefined(mode, message);
  }

  /** {@code object.name}: a method or field, else an item. */
  Value attribute(Value object, String name) {
    Value member =
        object instanceof MapValue map ? dictFirst(map, name) : members.get(object, name);
    if (member != null) {
      return member;
    }
    Value item = Items.get(object, Text.of(name));
    return item == null ? noAttribute(object, name) : item;
  }

  /** Most names behind a dict are keys: its methods are not made for each of those. */
  private @Nullable Value dictFirst(MapValue map, String name) {
    return DICT_METHODS.contains(name) || name.startsWith("_") || map.get(Text.of(name)) == null
        ? members.get(map, name)
        : null;
  }

  /** Only a method or field, as the filter {@code attr} wants it. */
  Value memberOnly(Value object, String name) {
    Value member = members.get(object, name);
    return member == null ? noAttribute(object, name) : member;
  }

  private Value noAttribute(Value object, String name) {
    return undefined("'%s' has no attribute '%s'".formatted(Members.owner(object), name));
  }

  /** {@code object[key]}: an item, else, for a text, a method or field. */
  Value item(Value object, Value key) {
    Value item = Items.get(object, key);
    if (item == null && object instanceof RecordValue fields && Types.isText(key)) {
      item = fields.get(Types.text(key));
    }
    if (item == null && Types.isText(key)) {
      item = members.get(object, Types.text(key));
    }
    if (item != null) {
      return item;
    }
    if (key instanceof Undefined undefined) {
      undefined.look();
    }
    return Types.isText(key)
        ? noAttribute(object, Types.text(key))
        : undefined("%s has no element %s".formatted(Members.owner(object), Show.repr(key)));
  }

  /** Calls a value. */
  Value call(Value callee, Args args) {
    budget.step();
    if (callee instanceof Callable callable) {
      return callable.call(args);
    }
    if (callee instanceof FunctionValue function) {
      return HostFunctions.call(function.function(), args, budget);
    }
    if (callee instanceof Undefined undefined) {
      throw undefined.failure();
    }
    throw new Failure("'" + Types.name(callee) + "' object is not callable");
  }

  /** What a filter makes of a value. */
  Value filter(String name, Value value, Args args) {
    budget.step();
    return library.filter(name).apply(value, args, this);
  }

  /** Whether a test holds for a value. */
  boolean test(String name, Value value, Args args) {
    budget.step();
    return library.test(name).holds(value, args, this);
  }
}

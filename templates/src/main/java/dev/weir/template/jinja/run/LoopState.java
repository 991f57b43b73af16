package dev.weir.template.jinja.run;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Callable;
import dev.weir.template.jinja.value.Compare;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Tuple;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop}: where a loop is. */
final class LoopState implements Callable {

  /** Runs the loop again, one level deeper. */
  @FunctionalInterface
  interface Recursion {
    Value apply(Args args);
  }

  /**
   * How a loop begins.
   *
   * @param length how many items there are; below zero where that is not known yet
   * @param depth how many loops of the same statement are around this one
   */
  record Start(Iterator<Value> items, long length, int depth) {}

  private final Context context;
  private final int depth;
  private final @Nullable Recursion recursion;
  private Iterator<Value> items;
  private long length;
  private long index = -1;
  private @Nullable Value previous;
  private @Nullable Value current;
  private @Nullable Value next;
  private @Nullable Value changedTo;

  /**
   * @param recursion null where the loop cannot call itself
   */
  LoopState(Context context, Start start, @Nullable Recursion recursion) {
    this.context = context;
    this.items = start.items();
    this.length = start.length();
    this.depth = start.depth();
    this.recursion = recursion;
  }

  /** Goes on to the next item; false when there is none. */
  boolean advance() {
    Value following = next;
    if (following == null && !items.hasNext()) {
      return false;
    }
    previous = current;
    current = following == null ? items.next() : following;
    next = null;
    index++;
    return true;
  }

  Value current() {
    return Objects.requireNonNull(current);
  }

  boolean isEmpty() {
    return index < 0;
  }

  private @Nullable Value peek() {
    if (next == null && items.hasNext()) {
      next = items.next();
    }
    return next;
  }

  private long length() {
    if (length < 0) {
      List<Value> rest = new ArrayList<>();
      while (items.hasNext()) {
        context.budget().step();
        rest.add(items.next());
      }
      items = rest.iterator();
      length = index + 1 + rest.size() + (next == null ? 0 : 1);
    }
    return length;
  }

  @Override
  public @Nullable Value attribute(String name) {
    return switch (name) {
      case "index" -> Int.of(index + 1);
      case "index0" -> Int.of(index);
      case "revindex" -> Int.of(length() - index);
      case "revindex0" -> Int.of(length() - index - 1);
      case "first" -> Bool.of(index == 0);
      case "last" -> Bool.of(peek() == null);
      case "length" -> Int.of(length());
      case "depth" -> Int.of(depth + 1L);
      case "depth0" -> Int.of(depth);
      case "previtem" ->
          previous == null ? context.undefined("there is no previous item") : previous;
      case "nextitem" -> {
        Value following = peek();
        yield following == null ? context.undefined("there is no next item") : following;
      }
      case "cycle" -> Callable.of(name, this::cycle);
      case "changed" -> Callable.of(name, this::changed);
      default -> null;
    };
  }

  private Value cycle(Args args) {
    if (args.positional().isEmpty()) {
      throw new Failure("no items for cycling given");
    }
    return args.positional().get((int) (index % args.positional().size()));
  }

  private Value changed(Args args) {
    Value now = new Tuple(args.positional());
    boolean changed = changedTo == null || !Compare.equal(changedTo, now);
    changedTo = now;
    return Bool.of(changed);
  }

  @Override
  public Value call(Args args) {
    if (recursion == null) {
      throw new Failure("The loop must have the 'recursive' marker to be called recursively.");
    }
    return recursion.apply(args);
  }

  @Override
  public String typeName() {
    return "LoopContext";
  }

  @Override
  public String display() {
    return "<LoopContext %d/%d>".formatted(index + 1, length());
  }
}

package dev.weir.template.jinja.value;

import dev.weir.template.Value;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Values that are worked out one by one, and only once, as filters like {@code map} give them. */
public final class Lazy implements PyValue, Iterator<Value> {

  private final Supplier<@Nullable Value> source;
  private @Nullable Value ahead;

  private Lazy(Supplier<@Nullable Value> source) {
    this.source = source;
  }

  /** What a supplier gives until it gives null. */
  public static Lazy of(Supplier<@Nullable Value> source) {
    return new Lazy(source);
  }

  /** What an iterator gives. */
  public static Lazy of(Iterator<? extends Value> items) {
    return new Lazy(() -> items.hasNext() ? items.next() : null);
  }

  @Override
  public boolean hasNext() {
    if (ahead == null) {
      ahead = source.get();
    }
    return ahead != null;
  }

  @Override
  public Value next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Value next = ahead;
    ahead = null;
    return java.util.Objects.requireNonNull(next);
  }
}

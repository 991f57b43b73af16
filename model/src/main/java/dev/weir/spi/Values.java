package dev.weir.spi;

import java.util.HashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** The bound values of a mapping's keys; each is given out as the type its key has. */
public final class Values {

  private final Map<Shape.Key<?>, Object> bound;

  private Values(Map<Shape.Key<?>, Object> bound) {
    this.bound = bound;
  }

  /** The value of a required or defaulted key. */
  public <T> T get(Shape.Key<T> key) {
    return find(key).orElseThrow(() -> new NoSuchElementException(key.name()));
  }

  /** The value of a key; for an absent one its default, if it has one. */
  @SuppressWarnings("unchecked") // put() took it as this key's type
  public <T> Optional<T> find(Shape.Key<T> key) {
    Object value = bound.get(key);
    if (value != null) {
      return Optional.of((T) value);
    }
    return key.fallback() instanceof Shape.Fallback.Default<T> fallback
        ? Optional.of(fallback.value())
        : Optional.empty();
  }

  /** Whether the key was written. */
  public boolean written(Shape.Key<?> key) {
    return bound.containsKey(key);
  }

  /** Gathers values. */
  public static final class Builder {

    private final Map<Shape.Key<?>, Object> bound = new HashMap<>();

    public <T> Builder put(Shape.Key<T> key, T value) {
      bound.put(key, value);
      return this;
    }

    public Values build() {
      return new Values(Map.copyOf(bound));
    }
  }
}

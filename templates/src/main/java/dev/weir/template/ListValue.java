package dev.weir.template;

import java.util.List;

/** Values in an order, counted from zero. */
public non-sealed interface ListValue extends Value {
  /** How many there are. */
  int size();

  /**
   * One of them.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= index < size()}
   */
  Value get(int index);

  @Override
  Type.ListOf type();

  /** A list of anything. */
  static ListValue of(List<? extends Value> items) {
    return new PlainList(new Type.ListOf(Type.ANY), List.copyOf(items));
  }

  /** A list whose items all have one type, for languages that look at it. */
  static ListValue of(Type element, List<? extends Value> items) {
    return new PlainList(new Type.ListOf(element), List.copyOf(items));
  }
}

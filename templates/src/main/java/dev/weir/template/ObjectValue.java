package dev.weir.template;

import org.jspecify.annotations.Nullable;

/**
 * A value with behaviour, such as a time. A template reaches exactly the fields and methods that
 * are answered here. Safe for use by many threads.
 */
public non-sealed interface ObjectValue extends Value {
  @Override
  Type.Named type();

  /** How it prints where a template prints it whole. */
  Text display();

  /** The value of a field, or null where there is none of that name. */
  default @Nullable Value field(String name) {
    return null;
  }

  /** A method bound to this object, or null where there is none of that name. */
  default @Nullable Function method(String name) {
    return null;
  }
}

package dev.weir.template.go;

import dev.weir.template.Special;
import dev.weir.template.Type;
import dev.weir.template.Value;

/**
 * An element of a container of anything, as a range binds it: where a field of it is missing, the
 * error names the container's type of element and not its own.
 */
record Held(Value value) implements Special {
  @Override
  public Type type() {
    return Type.ANY;
  }

  /** An element as it is bound. */
  static Value bind(Value element, Type declared) {
    return declared.equals(Type.ANY) ? new Held(element) : element;
  }

  /** The value itself. */
  static Value open(Value bound) {
    return bound instanceof Held held ? held.value() : bound;
  }
}

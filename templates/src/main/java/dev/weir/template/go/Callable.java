package dev.weir.template.go;

import dev.weir.template.Function;

/** What a name in a template calls. */
sealed interface Callable {
  /** A function whose arguments are all evaluated before it is called. */
  record Plain(Function function) implements Callable {}

  /** {@code and} and {@code or}, which evaluate no further than they need. */
  enum Junction implements Callable {
    AND,
    OR
  }
}

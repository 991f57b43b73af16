package dev.weir.template.go;

import dev.weir.template.Special;
import dev.weir.template.Type;

/** What there is where there is no value at all: a key that a map has not, a nil that was piped. */
enum Missing implements Special {
  MISSING;

  @Override
  public Type type() {
    return Type.ANY;
  }
}

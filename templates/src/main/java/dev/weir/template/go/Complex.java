package dev.weir.template.go;

import dev.weir.template.Special;
import dev.weir.template.Type;

/** A complex number; only literals make one. */
record Complex(double real, double imaginary) implements Special {
  static final Type TYPE = new Type.Named("complex128");

  @Override
  public Type type() {
    return TYPE;
  }
}

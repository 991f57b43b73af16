package dev.weir.template;

/**
 * A floating point number of 64 bits.
 *
 * @param value the number; not-a-number and the infinities are allowed
 */
public record Real(double value) implements Value {
  @Override
  public Type type() {
    return Type.REAL;
  }
}

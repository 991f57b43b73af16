package dev.weir.template;

/**
 * A function as a value, handed over as data.
 *
 * @param function what is called
 */
public record FunctionValue(Function function) implements Value {
  @Override
  public Type type() {
    return Type.FUNCTION;
  }
}

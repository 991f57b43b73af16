package dev.weir.template.jinja.value;

import dev.weir.template.Value;

/** A {@link PyObject} that can be called. */
public interface Callable extends PyObject {

  /**
   * Calls it.
   *
   * @throws Failure when it cannot work with these arguments
   */
  Value call(Args args);

  @Override
  default String typeName() {
    return "function";
  }

  /** A callable of a function. */
  static Callable of(String name, java.util.function.Function<Args, Value> body) {
    return new Callable() {
      @Override
      public Value call(Args args) {
        return body.apply(args);
      }

      @Override
      public String display() {
        return "<function " + name + ">";
      }
    };
  }
}

package dev.weir.template;

import java.util.List;

/**
 * One call of a function: its arguments, checked against the parameters, and the run it is part of.
 *
 * @param arguments one per parameter, then those of the rest
 * @param execution for functions that build large values: {@link Execution#built}
 */
public record Call(List<Value> arguments, Execution execution) {
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** The argument at an index. */
  public Value value(int index) {
    return arguments.get(index);
  }

  /** The argument for a parameter of {@link Type#TEXT}. */
  public String text(int index) {
    return arguments.get(index).toString();
  }

  /** The argument for a parameter of {@link Type#INT}. */
  public long integer(int index) {
    return ((Int) arguments.get(index)).value();
  }

  /** The argument for a parameter of {@link Type#REAL}. */
  public double real(int index) {
    return ((Real) arguments.get(index)).value();
  }

  /** The argument for a parameter of {@link Type#BOOL}. */
  public boolean isTrue(int index) {
    return ((Bool) arguments.get(index)).isTrue();
  }

  /** The arguments from an index on: those of the rest. */
  public List<Value> from(int index) {
    return arguments.subList(index, arguments.size());
  }
}

package dev.weir.template;

import java.util.List;

/**
 * What a template can call. The language checks number and types of the arguments before the body
 * is reached, in its own words; the body sees one argument per parameter, and behind them those of
 * a {@link Parameter.Use.Rest}. Safe for use by many threads.
 *
 * @param name as templates write it
 * @param parameters in order: required ones, then optional ones, then at most one for the rest
 * @param result what it gives; {@link Type#ANY} where that differs from call to call
 * @param body what it does
 */
public record Function(String name, List<Parameter> parameters, Type result, Body body) {
  /** What a function does. */
  @FunctionalInterface
  public interface Body {
    /**
     * The result for these arguments.
     *
     * @throws FunctionFailure with one line for the user, when there is none
     * @throws LimitExceeded when the run may not go on
     */
    Value apply(Call call) throws FunctionFailure, LimitExceeded;
  }

  public Function {
    parameters = List.copyOf(parameters);
    for (int index = 1; index < parameters.size(); index++) {
      if (rank(parameters.get(index - 1)) > rank(parameters.get(index))
          || parameters.get(index - 1).use() instanceof Parameter.Use.Rest) {
        throw new IllegalArgumentException(
            name + ": " + parameters + " (expected: required, optional, at most one rest)");
      }
    }
  }

  private static int rank(Parameter parameter) {
    return switch (parameter.use()) {
      case Parameter.Use.Required _ -> 0;
      case Parameter.Use.Optional _ -> 1;
      case Parameter.Use.Rest _ -> 2;
    };
  }

  /** Whether the last parameter takes all further arguments. */
  public boolean takesRest() {
    return !parameters.isEmpty() && parameters.getLast().use() instanceof Parameter.Use.Rest;
  }

  /** How many arguments have to be given. */
  public int required() {
    int required = 0;
    while (required < parameters.size() && rank(parameters.get(required)) == 0) {
      required++;
    }
    return required;
  }

  /** How many parameters take one argument each. */
  public int positional() {
    return takesRest() ? parameters.size() - 1 : parameters.size();
  }

  /** The parameter that takes the argument at an index, counted from zero. */
  public Parameter parameter(int argument) {
    return parameters.get(Math.min(argument, parameters.size() - 1));
  }
}

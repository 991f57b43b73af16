package dev.weir.template.go;

import dev.weir.template.Call;
import dev.weir.template.Function;
import dev.weir.template.FunctionFailure;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Parameter;
import dev.weir.template.TemplateException;
import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.List;

/** Calls functions: counts and checks the arguments in Go's words. */
final class Calls {
  private final State state;
  private final Evaluator evaluator;

  Calls(State state, Evaluator evaluator) {
    this.state = state;
    this.evaluator = evaluator;
  }

  /**
   * Calls what a name stands for.
   *
   * @param node what an error of the function itself is an error of
   */
  Value call(Node.Identifier name, Node node, Arguments arguments)
      throws TemplateException, LimitExceeded {
    return switch (name.callable()) {
      case Callable.Plain plain -> call(plain.function(), node, arguments);
      case Callable.Junction junction -> junction(junction, name.name(), arguments);
    };
  }

  private Value junction(Callable.Junction junction, String name, Arguments arguments)
      throws TemplateException, LimitExceeded {
    if (!arguments.areGiven()) {
      throw state.error("wrong number of args for " + name + ": want at least 1 got 0");
    }
    Value value = Missing.MISSING;
    for (int index = 1; index <= arguments.count(); index++) {
      value = evaluator.argument(arguments.dot(), arguments.words().get(index), Types.RAW);
      if (Truth.of(value) == (junction == Callable.Junction.OR)) {
        return value;
      }
    }
    Value piped = arguments.piped();
    return piped == null ? value : piped;
  }

  /** Calls a function or method. */
  Value call(Function function, Node node, Arguments arguments)
      throws TemplateException, LimitExceeded {
    checkCount(function, arguments);
    List<Value> values = values(function, arguments);
    for (int index = values.size(); index < function.positional(); index++) {
      if (function.parameter(index).use() instanceof Parameter.Use.Optional optional) {
        values.add(optional.otherwise());
      }
    }
    try {
      return function.body().apply(new Call(values, state.execution()));
    } catch (FunctionFailure failure) {
      state.at(node);
      throw state.error("error calling " + function.name() + ": " + failure.getMessage());
    }
  }

  private void checkCount(Function function, Arguments arguments) throws TemplateException {
    int given = arguments.count() + (arguments.piped() == null ? 0 : 1);
    boolean tooFew = given < function.required();
    if (function.takesRest()) {
      if (tooFew) {
        throw wrongCount(function, "at least " + function.required(), arguments.count());
      }
    } else if (tooFew || given > function.positional()) {
      throw wrongCount(
          function, "" + (tooFew ? function.required() : function.positional()), given);
    }
  }

  private TemplateException wrongCount(Function function, String wanted, int given) {
    return state.error(
        "wrong number of args for %s: want %s got %d".formatted(function.name(), wanted, given));
  }

  private List<Value> values(Function function, Arguments arguments)
      throws TemplateException, LimitExceeded {
    List<Value> values = new ArrayList<>(arguments.count() + 1);
    for (int index = 0; index < arguments.count(); index++) {
      Node.Operand word = arguments.words().get(index + 1);
      values.add(evaluator.argument(arguments.dot(), word, function.parameter(index).type()));
    }
    Value piped = arguments.piped();
    if (piped != null) {
      values.add(evaluator.checked(piped, function.parameter(values.size()).type()));
    }
    return values;
  }
}

package dev.weir.template.go;

import dev.weir.template.Int;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Null;
import dev.weir.template.Real;
import dev.weir.template.TemplateException;
import dev.weir.template.Type;
import dev.weir.template.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates pipelines, commands and arguments. A piped value is Java's null where there is none.
 */
final class Evaluator {
  private final State state;
  private final Fields fields;
  private final Calls calls;

  Evaluator(State state, MissingKey missingKey) {
    this.state = state;
    this.calls = new Calls(state, this);
    this.fields = new Fields(state, calls, missingKey);
  }

  /** What a container held: the value itself, and nothing instead of nil. */
  static Value concrete(Value value) {
    Value open = Held.open(value);
    return open == Null.NULL ? Missing.MISSING : open;
  }

  /** The value of the last command; sets the variables. */
  Value pipeline(Value dot, Node.Pipeline pipeline) throws TemplateException, LimitExceeded {
    state.at(pipeline);
    state.execution().step();
    List<Node.Command> commands = pipeline.commands();
    Value value = concrete(command(dot, commands.getFirst(), null));
    for (int stage = 1; stage < commands.size(); stage++) {
      value = concrete(command(dot, commands.get(stage), value));
    }
    if (!pipeline.assignment().isNone()) {
      set(pipeline.assignment(), value);
    }
    return value;
  }

  private void set(Node.Assignment assignment, Value value) throws TemplateException {
    for (String name : assignment.variables()) {
      switch (assignment.kind()) {
        case DECLARES -> state.variables().declare(name, value);
        case ASSIGNS -> {
          if (!state.variables().assign(name, value)) {
            throw state.error("undefined variable: " + name);
          }
        }
      }
    }
  }

  private Value command(Value dot, Node.Command command, @Nullable Value piped)
      throws TemplateException, LimitExceeded {
    Node.Operand first = command.words().getFirst();
    Arguments arguments = new Arguments(dot, command.words(), piped);
    return switch (first) {
      case Node.FieldPath path -> path(path, arguments);
      case Node.Chain chain -> chain(chain, arguments);
      case Node.Variable variable -> variable(variable, arguments);
      case Node.Identifier identifier -> {
        state.at(identifier);
        yield calls.call(identifier, command, arguments);
      }
      case Node.Pipeline pipeline -> {
        checkAlone(arguments);
        yield pipeline(dot, pipeline);
      }
      case Node.Constant constant -> {
        state.at(constant);
        checkAlone(arguments);
        yield constant.value();
      }
      case Node.Numeral numeral -> {
        state.at(numeral);
        checkAlone(arguments);
        yield ideal(numeral.number());
      }
      case Node.Dot word -> {
        state.at(word);
        checkAlone(arguments);
        yield dot;
      }
      case Node.Nil nil -> {
        state.at(nil);
        checkAlone(arguments);
        throw state.error("nil is not a command");
      }
    };
  }

  private void checkAlone(Arguments arguments) throws TemplateException {
    if (arguments.areGiven()) {
      throw state.error(
          "can't give argument to non-function " + Printer.print(arguments.words().getFirst()));
    }
  }

  private Value path(Node.FieldPath path, Arguments arguments)
      throws TemplateException, LimitExceeded {
    state.at(path);
    return fields.follow(arguments.dot(), path, path.fields(), arguments);
  }

  private Value chain(Node.Chain chain, Arguments arguments)
      throws TemplateException, LimitExceeded {
    state.at(chain);
    Value receiver = argument(arguments.dot(), chain.operand(), null);
    return fields.follow(receiver, chain, chain.fields(), arguments);
  }

  private Value variable(Node.Variable variable, Arguments arguments)
      throws TemplateException, LimitExceeded {
    state.at(variable);
    Value value = state.variables().get(variable.name());
    if (value == null) {
      throw state.error("undefined variable: " + variable.name());
    }
    if (variable.fields().isEmpty()) {
      checkAlone(arguments);
      return value;
    }
    return fields.follow(value, variable, variable.fields(), arguments);
  }

  /** What a number is where nothing says what it shall be. */
  private Value ideal(NumberLiteral number) throws TemplateException {
    if (number.complex() != null) {
      return number.complex();
    }
    if (number.looksReal() && number.real() != null) {
      return new Real(number.real());
    }
    if (number.integer() == null) {
      throw state.error(number.written() + " overflows int");
    }
    return Int.of(number.integer());
  }

  /**
   * The value of an argument.
   *
   * @param type what the parameter accepts; null for the operand of a chain, which may be anything
   */
  Value argument(Value dot, Node.Operand word, @Nullable Type type)
      throws TemplateException, LimitExceeded {
    state.at(word);
    Arguments none = new Arguments(dot, List.of(word), null);
    return switch (word) {
      case Node.Dot _ -> checked(dot, type);
      case Node.Nil _ -> nil(type);
      case Node.FieldPath path -> checked(path(path, none), type);
      case Node.Chain chain -> checked(chain(chain, none), type);
      case Node.Variable variable -> checked(variable(variable, none), type);
      case Node.Pipeline pipeline -> nested(dot, pipeline, type);
      case Node.Identifier identifier -> checked(calls.call(identifier, identifier, none), type);
      case Node.Constant constant -> Literals.constant(state, constant, type);
      case Node.Numeral numeral -> {
        Value typed = Literals.numeral(state, numeral, type);
        yield typed == null ? ideal(numeral.number()) : typed;
      }
    };
  }

  private Value nested(Value dot, Node.Pipeline pipeline, @Nullable Type type)
      throws TemplateException, LimitExceeded {
    state.execution().enter();
    Value value = checked(pipeline(dot, pipeline), type);
    state.execution().leave();
    return value;
  }

  private Value nil(@Nullable Type type) throws TemplateException {
    if (type == null) {
      return Missing.MISSING;
    }
    Value zero = Types.nil(type);
    if (zero == null) {
      throw state.error("cannot assign nil to " + Types.name(type));
    }
    return zero;
  }

  /** A value as the argument for a type; an error where it is none. */
  Value checked(Value bound, @Nullable Type type) throws TemplateException {
    if (type == null || type.equals(Types.RAW)) {
      return bound;
    }
    Value value = Held.open(bound);
    if (value == Missing.MISSING) {
      Value nil = Types.nil(type);
      if (nil == null) {
        throw state.error("invalid value; expected " + Types.name(type));
      }
      return nil;
    }
    if (!Types.accepts(type, value)) {
      throw state.error(
          "wrong type for value; expected %s; got %s"
              .formatted(Types.name(type), Types.name(value)));
    }
    return value;
  }
}

package dev.weir.template.jinja.run;

import dev.weir.template.Call;
import dev.weir.template.Function;
import dev.weir.template.FunctionFailure;
import dev.weir.template.Int;
import dev.weir.template.LimitExceeded;
import dev.weir.template.Null;
import dev.weir.template.Parameter;
import dev.weir.template.Real;
import dev.weir.template.Text;
import dev.weir.template.Type;
import dev.weir.template.Value;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Markup;
import dev.weir.template.jinja.value.PyValue;
import dev.weir.template.jinja.value.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls the functions that the program hands to templates. */
final class HostFunctions {

  private final Function function;
  private final Map<String, Value> named;

  private HostFunctions(Function function, Args args) {
    this.function = function;
    this.named = new LinkedHashMap<>(args.named());
  }

  static Value call(Function function, Args args, Budget budget) {
    List<Value> values = new HostFunctions(function, args).arguments(args.positional());
    try {
      return function.body().apply(new Call(values, budget.execution()));
    } catch (FunctionFailure failed) {
      throw new Failure(function.name() + "(): " + failed.getMessage());
    } catch (LimitExceeded over) {
      throw Budget.exhausted(over);
    }
  }

  private List<Value> arguments(List<Value> positional) {
    int places = function.positional();
    if (positional.size() > places && !function.takesRest()) {
      throw new Failure(
          "%s() takes %d arguments but %d were given"
              .formatted(function.name(), places, positional.size()));
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < Math.max(places, positional.size()); i++) {
      Parameter parameter = function.parameter(i);
      Value given = i < positional.size() ? positional.get(i) : byName(parameter);
      values.add(accepted(parameter, given));
    }
    if (!named.isEmpty()) {
      throw new Failure(
          "%s() got an unexpected argument '%s'"
              .formatted(function.name(), named.keySet().iterator().next()));
    }
    return values;
  }

  private Value byName(Parameter parameter) {
    Value given = named.remove(parameter.name());
    if (given != null) {
      return given;
    }
    if (parameter.use() instanceof Parameter.Use.Optional(Value otherwise)) {
      return otherwise;
    }
    throw new Failure(
        "%s() missing required argument '%s'".formatted(function.name(), parameter.name()));
  }

  private Value accepted(Parameter parameter, Value given) {
    Value value = given instanceof Markup markup ? Text.of(markup.text()) : given;
    if (parameter.use() instanceof Parameter.Use.Optional(Value otherwise)
        && otherwise.equals(value)) {
      return value;
    }
    Type type = parameter.type();
    if (type.equals(Type.REAL) && value instanceof Int number) {
      return new Real(number.value());
    }
    boolean fits = type.equals(Type.ANY) || sameKind(type, value);
    if (!fits || (value instanceof PyValue && type.equals(Type.ANY))) {
      throw new Failure(
          "%s(): argument '%s' cannot be of type '%s'"
              .formatted(function.name(), parameter.name(), Types.name(given)));
    }
    return value;
  }

  private static boolean sameKind(Type type, Value value) {
    if (value == Null.NULL) {
      return false;
    }
    return switch (type) {
      case Type.ListOf _ -> value.type() instanceof Type.ListOf;
      case Type.MapOf _ -> value.type() instanceof Type.MapOf;
      case Type.Simple _, Type.Named _, Type.Fields _ -> type.equals(value.type());
    };
  }
}

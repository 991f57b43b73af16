package dev.weir.template.jinja.run;

import dev.weir.template.Bool;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Callable;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.PyDict;
import dev.weir.template.jinja.value.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A macro: a part of the template that is called with arguments and gives what it writes. */
final class Macro implements Callable {

  /**
   * What a macro does.
   *
   * @param definition where its names are looked up in the scoping
   * @param scope where it was defined
   * @param use the special names that it reads
   */
  record Body(
      Renderer renderer, Stmt definition, List<Stmt> statements, Scope scope, Set<String> use) {}

  private final String name;
  private final List<Stmt.Parameter> parameters;
  private final Body body;

  Macro(String name, List<Stmt.Parameter> parameters, Body body) {
    this.name = name;
    this.parameters = parameters;
    this.body = body;
  }

  @Override
  public Value call(Args args) {
    Renderer renderer = body.renderer();
    Budget budget = renderer.evaluator().context().budget();
    budget.enter();
    Scope scope = new Scope(body.scope(), renderer.scoping().body(body.definition()));
    bind(args, scope);
    Sink.Captured captured = new Sink.Captured(budget);
    renderer.run(body.statements(), scope, captured);
    budget.leave();
    return captured.text();
  }

  private void bind(Args args, Scope scope) {
    Map<String, Value> named = new LinkedHashMap<>(args.named());
    Map<String, Value> given = new LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      String parameter = parameters.get(i).name();
      Value value =
          i < args.positional().size() ? args.positional().get(i) : named.remove(parameter);
      if (value != null) {
        given.put(parameter, value);
      }
    }
    special(args, named, scope);
    parameters.forEach(parameter -> scope.set(parameter.name(), missing(parameter)));
    given.forEach(scope::set);
    for (Stmt.Parameter parameter : parameters) {
      if (!given.containsKey(parameter.name()) && parameter.byDefault().isPresent()) {
        scope.set(
            parameter.name(),
            body.renderer().evaluator().value(parameter.byDefault().get(), scope));
      }
    }
  }

  private Value missing(Stmt.Parameter parameter) {
    return undefined("parameter '" + parameter.name() + "' was not provided");
  }

  private Value undefined(String message) {
    return body.renderer().evaluator().context().undefined(message);
  }

  /** Hands over, or refuses, what no parameter took. */
  private void special(Args args, Map<String, Value> named, Scope scope) {
    if (body.use().contains("caller") && !isParameter("caller")) {
      Value caller = named.remove("caller");
      scope.set("caller", caller == null ? undefined("No caller defined") : caller);
    }
    if (body.use().contains("kwargs") && !isParameter("kwargs")) {
      scope.set("kwargs", PyDict.of(named));
    } else if (!named.isEmpty()) {
      throw new Failure(
          "macro '%s' takes no keyword argument '%s'"
              .formatted(name, named.keySet().iterator().next()));
    }
    Args rest = args.after(parameters.size());
    if (body.use().contains("varargs") && !isParameter("varargs")) {
      scope.set("varargs", new Tuple(rest.positional()));
    } else if (!rest.positional().isEmpty()) {
      throw new Failure(
          "macro '%s' takes not more than %d argument(s)".formatted(name, parameters.size()));
    }
  }

  private boolean isParameter(String special) {
    return parameters.stream().anyMatch(parameter -> parameter.name().equals(special));
  }

  @Override
  public String typeName() {
    return "Macro";
  }

  @Override
  public String display() {
    return "<Macro '" + name + "'>";
  }

  @Override
  public @Nullable Value attribute(String attribute) {
    return switch (attribute) {
      case "name" -> Text.of(name);
      case "arguments" ->
          new Tuple(parameters.stream().map(Stmt.Parameter::name).<Value>map(Text::of).toList());
      case "caller" -> Bool.of(body.use().contains("caller"));
      case "catch_kwargs" -> Bool.of(body.use().contains("kwargs"));
      case "catch_varargs" -> Bool.of(body.use().contains("varargs"));
      default -> null;
    };
  }
}

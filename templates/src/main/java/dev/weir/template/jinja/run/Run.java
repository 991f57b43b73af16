package dev.weir.template.jinja.run;

import dev.weir.template.Execution;
import dev.weir.template.Function;
import dev.weir.template.FunctionValue;
import dev.weir.template.MapValue;
import dev.weir.template.RecordValue;
import dev.weir.template.Source;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Undefined;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A template that is ready to run any number of times. */
public final class Run {

  private final Source source;
  private final List<Stmt> statements;
  private final Scoping scoping;
  private final Library library;
  private final Undefined.Mode mode;

  /** Prepares a template. */
  public Run(Source source, List<Stmt> statements, Library library, Undefined.Mode mode) {
    this.source = source;
    this.statements = List.copyOf(statements);
    this.scoping = Scoping.of(statements);
    this.library = library;
    this.mode = mode;
  }

  /**
   * Runs it once.
   *
   * @param data a map or record whose entries are the variables
   */
  public void once(Value data, Execution execution) {
    Budget budget = new Budget(execution);
    Context context = new Context(library, budget, mode);
    Evaluator evaluator = new Evaluator(context, name -> find(name, data, context));
    new Renderer(evaluator, scoping)
        .run(statements, new Scope(null, scoping.whole()), new Sink.Output(budget, source));
  }

  private @Nullable Value find(String name, Value data, Context context) {
    Value found =
        switch (data) {
          case MapValue map -> map.get(Text.of(name));
          case RecordValue fields -> fields.get(name);
          default -> null;
        };
    if (found != null) {
      return found;
    }
    Function function = library.function(name);
    return function == null ? Globals.get(name, context) : new FunctionValue(function);
  }
}

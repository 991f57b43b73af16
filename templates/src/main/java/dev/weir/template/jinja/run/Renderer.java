package dev.weir.template.jinja.run;

import dev.weir.template.Trail;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Expr;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.syntax.Stmt.Target;
import dev.weir.template.jinja.syntax.StmtVisitor;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Exhausted;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Namespace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out statements. */
final class Renderer implements StmtVisitor<Renderer.Place> {

  private final Evaluator evaluator;
  private final Scoping scoping;
  private final Budget budget;

  Renderer(Evaluator evaluator, Scoping scoping) {
    this.evaluator = evaluator;
    this.scoping = scoping;
    this.budget = evaluator.context().budget();
  }

  Evaluator evaluator() {
    return evaluator;
  }

  Scoping scoping() {
    return scoping;
  }

  void run(List<Stmt> statements, Scope scope, Sink sink) {
    budget.enter();
    Place place = new Place(scope, sink);
    for (Stmt statement : statements) {
      try {
        budget.step();
        statement.accept(this, place);
      } catch (Failure failure) {
        failure.happenedAt(statement.at());
        throw failure;
      } catch (Exhausted limit) {
        limit.happenedAt(statement.at());
        throw limit;
      }
    }
    budget.leave();
  }

  /** Where a statement runs: the variables that it sees, and where its text goes. */
  record Place(Scope scope, Sink sink) {}

  @Override
  public void data(Stmt.Data data, Place place) {
    place.sink().from(data.at(), Trail.How.COPIED_AT_CHAR);
    place.sink().write(data.text());
  }

  @Override
  public void output(Stmt.Output output, Place place) {
    print(output, evaluator.value(output.value(), place.scope()), place.sink());
  }

  @Override
  public void condition(Stmt.If condition, Place place) {
    run(chosen(condition, place.scope()), place.scope(), place.sink());
  }

  @Override
  public void loop(Stmt.For loop, Place place) {
    new Loops(this, loop, place.sink()).run(place.scope());
  }

  @Override
  public void assign(Stmt.Assign assign, Place place) {
    assign(assign.target(), evaluator.value(assign.value(), place.scope()), place.scope());
  }

  @Override
  public void assignBlock(Stmt.AssignBlock block, Place place) {
    Value value = captured(block, block.value(), block.body(), place.scope());
    assign(block.target(), value, place.scope());
  }

  @Override
  public void filterBlock(Stmt.FilterBlock block, Place place) {
    print(block, captured(block, block.value(), block.body(), place.scope()), place.sink());
  }

  @Override
  public void with(Stmt.With with, Place place) {
    Scope scope = new Scope(place.scope(), scoping.body(with));
    for (Stmt.Binding binding : with.bindings()) {
      assign(binding.target(), evaluator.value(binding.value(), place.scope()), scope);
    }
    run(with.body(), scope, place.sink());
  }

  @Override
  public void macro(Stmt.MacroDefinition macro, Place place) {
    place
        .scope()
        .set(
            macro.name(),
            new Macro(macro.name(), macro.parameters(), body(macro, macro.body(), place.scope())));
  }

  @Override
  public void callBlock(Stmt.CallBlock call, Place place) {
    Macro caller = new Macro("caller", call.parameters(), body(call, call.body(), place.scope()));
    Value callee = evaluator.value(call.call().callee(), place.scope());
    Args args = evaluator.arguments(call.call(), place.scope());
    Map<String, Value> named = new LinkedHashMap<>(args.named());
    named.put("caller", caller);
    print(call, evaluator.context().call(callee, new Args(args.positional(), named)), place.sink());
  }

  private Macro.Body body(Stmt statement, List<Stmt> body, Scope scope) {
    return new Macro.Body(this, statement, body, scope, MacroUse.of(body));
  }

  private List<Stmt> chosen(Stmt.If condition, Scope scope) {
    for (Stmt.Branch branch : condition.branches()) {
      if (evaluator.isTrue(branch.test(), scope)) {
        return branch.body();
      }
    }
    return condition.otherwise();
  }

  private Value captured(Stmt block, Expr value, List<Stmt> body, Scope outer) {
    Scope scope = new Scope(outer, scoping.body(block));
    Sink.Captured captured = new Sink.Captured(budget);
    run(body, scope, captured);
    scope.setBody(captured.text());
    return evaluator.value(value, scope);
  }

  private static void print(Stmt statement, Value value, Sink sink) {
    sink.from(statement.at(), Trail.How.PRINTED_AT_CHAR);
    sink.print(value);
  }

  /** Gives a value to what stands on the left. */
  void assign(Target target, Value value, Scope scope) {
    switch (target) {
      case Target.Variable variable -> scope.set(variable.name(), value);
      case Target.Member member -> {
        Value namespace = evaluator.value(new Expr.Name(member.at(), member.namespace()), scope);
        if (!(namespace instanceof Namespace own)) {
          Failure failure = new Failure("cannot assign attribute on non-namespace object");
          failure.happenedAt(member.at());
          throw failure;
        }
        own.set(member.name(), value);
      }
      case Target.Unpacked unpacked -> unpack(unpacked.targets(), value, scope);
    }
  }

  private void unpack(List<Target> targets, Value value, Scope scope) {
    List<Value> values = new ArrayList<>(targets.size());
    for (Iterator<Value> items = Iterate.over(value); items.hasNext(); ) {
      if (values.size() == targets.size()) {
        throw new Failure("too many values to unpack (expected " + targets.size() + ")");
      }
      values.add(items.next());
    }
    if (values.size() < targets.size()) {
      throw new Failure(
          "not enough values to unpack (expected %d, got %d)"
              .formatted(targets.size(), values.size()));
    }
    for (int i = 0; i < targets.size(); i++) {
      assign(targets.get(i), values.get(i), scope);
    }
  }
}

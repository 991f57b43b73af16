package dev.weir.template.jinja.run;

import dev.weir.template.Trail;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Expr;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.syntax.Stmt.Target;
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
import java.util.Set;

/** Carries out statements. */
final class Renderer {

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
    for (Stmt statement : statements) {
      try {
        budget.step();
        run(statement, scope, sink);
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

  private void run(Stmt statement, Scope scope, Sink sink) {
    switch (statement) {
      case Stmt.Data data -> {
        sink.from(data.at(), Trail.How.COPIED_AT_CHAR);
        sink.write(data.text());
      }
      case Stmt.Output output -> print(output, evaluator.value(output.value(), scope), sink);
      case Stmt.If condition -> run(chosen(condition, scope), scope, sink);
      case Stmt.For loop -> new Loops(this, loop, sink).run(scope);
      case Stmt.Assign assign ->
          assign(assign.target(), evaluator.value(assign.value(), scope), scope);
      case Stmt.AssignBlock block ->
          assign(block.target(), captured(block, block.value(), block.body(), scope), scope);
      case Stmt.FilterBlock block ->
          print(block, captured(block, block.value(), block.body(), scope), sink);
      case Stmt.With with -> with(with, scope, sink);
      case Stmt.MacroDefinition macro ->
          scope.set(macro.name(), new Macro(macro.name(), macro.parameters(), body(macro, scope)));
      case Stmt.CallBlock call -> call(call, scope, sink);
    }
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

  private void with(Stmt.With with, Scope outer, Sink sink) {
    Scope scope = new Scope(outer, scoping.body(with));
    for (Stmt.Binding binding : with.bindings()) {
      assign(binding.target(), evaluator.value(binding.value(), outer), scope);
    }
    run(with.body(), scope, sink);
  }

  private Macro.Body body(Stmt.MacroDefinition macro, Scope scope) {
    return new Macro.Body(this, macro, macro.body(), scope, MacroUse.of(macro.body()));
  }

  private void call(Stmt.CallBlock call, Scope scope, Sink sink) {
    Set<String> use = MacroUse.of(call.body());
    Macro caller =
        new Macro("caller", call.parameters(), new Macro.Body(this, call, call.body(), scope, use));
    Value callee = evaluator.value(call.call().callee(), scope);
    Args args = evaluator.arguments(call.call(), scope);
    Map<String, Value> named = new LinkedHashMap<>(args.named());
    named.put("caller", caller);
    print(call, evaluator.context().call(callee, new Args(args.positional(), named)), sink);
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

package dev.weir.template.jinja.run;

import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Expr;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Budget;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.Lazy;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs one loop. */
final class Loops {

  private static final Set<String> NONE = Set.of();

  private final Renderer renderer;
  private final Stmt.For loop;
  private final Sink sink;
  private final Budget budget;

  Loops(Renderer renderer, Stmt.For loop, Sink sink) {
    this.renderer = renderer;
    this.loop = loop;
    this.sink = sink;
    this.budget = renderer.evaluator().context().budget();
  }

  /** Runs the loop inside a scope. */
  void run(Scope outer) {
    run(renderer.evaluator().value(loop.items(), outer), outer, new Level(0, sink));
  }

  /** How many loops of the same statement are around this one, and where this one writes. */
  private record Level(int depth, Sink sink) {}

  private void run(Value items, Scope outer, Level level) {
    Iterator<Value> iterator;
    try {
      iterator = Iterate.over(items);
    } catch (Failure failure) {
      failure.happenedAt(loop.items().at());
      throw failure;
    }
    if (loop.test().isPresent()) {
      iterator = chosen(iterator, loop.test().get(), outer);
    }
    long length = loop.test().isPresent() ? -1 : Iterate.size(items).orElse(-1);
    LoopState state =
        new LoopState(
            renderer.evaluator().context(),
            new LoopState.Start(iterator, length, level.depth()),
            recursion(outer, level));
    while (state.advance()) {
      budget.step();
      Scope scope = new Scope(outer, renderer.scoping().body(loop));
      scope.set("loop", state);
      renderer.assign(loop.target(), state.current(), scope);
      renderer.run(loop.body(), scope, level.sink());
    }
    if (state.isEmpty()) {
      Scope scope = new Scope(outer, renderer.scoping().otherwise(loop));
      renderer.run(loop.otherwise(), scope, level.sink());
    }
  }

  private LoopState.@Nullable Recursion recursion(Scope outer, Level level) {
    if (loop.recursive() == Stmt.Recursion.NONE) {
      return null;
    }
    return args -> {
      budget.enter();
      Sink.Captured captured = new Sink.Captured(budget);
      run(only(args), outer, new Level(level.depth() + 1, captured));
      budget.leave();
      return captured.text();
    };
  }

  private static Value only(Args args) {
    if (args.positional().size() != 1 || !args.named().isEmpty()) {
      throw new Failure("loop() takes the items of the next level (expected: one argument)");
    }
    return args.positional().getFirst();
  }

  private Iterator<Value> chosen(Iterator<Value> items, Expr test, Scope outer) {
    return Lazy.of(() -> {
      while (items.hasNext()) {
        budget.step();
        Value item = items.next();
        Scope scope = new Scope(outer, NONE);
        renderer.assign(loop.target(), item, scope);
        if (renderer.evaluator().isTrue(test, scope)) {
          return item;
        }
      }
      return null;
    });
  }
}

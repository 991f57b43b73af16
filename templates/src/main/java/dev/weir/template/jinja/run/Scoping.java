package dev.weir.template.jinja.run;

import dev.weir.template.jinja.syntax.Expr;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.syntax.Stmt.Target;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The scopes of a template: for each statement that opens one, the names that lead to nothing in it
 * until they are set.
 */
final class Scoping {

  private final IdentityHashMap<Stmt, Set<String>> unset = new IdentityHashMap<>();
  private final IdentityHashMap<Stmt, Set<String>> unsetOtherwise = new IdentityHashMap<>();
  private final Set<String> whole;

  private Scoping(List<Stmt> template) {
    Symbols root = new Symbols(null);
    statements(root, template);
    whole = root.unset();
    inner(root, template);
  }

  static Scoping of(List<Stmt> template) {
    return new Scoping(template);
  }

  /** Of the template itself. */
  Set<String> whole() {
    return whole;
  }

  /** Of the body of a statement. */
  Set<String> body(Stmt statement) {
    return unset.getOrDefault(statement, Set.of());
  }

  /** Of the {@code else} of a loop. */
  Set<String> otherwise(Stmt.For loop) {
    return unsetOtherwise.getOrDefault(loop, Set.of());
  }

  private void inner(Symbols outer, List<Stmt> statements) {
    for (Stmt statement : statements) {
      switch (statement) {
        case Stmt.For loop -> loop(outer, loop);
        case Stmt.If condition -> inner(outer, condition.statements());
        case Stmt.AssignBlock block -> block(outer, block, List.of(block.value()));
        case Stmt.FilterBlock block -> block(outer, block, List.of(block.value()));
        case Stmt.MacroDefinition macro -> macro(outer, macro, macro.parameters());
        case Stmt.CallBlock call -> macro(outer, call, call.parameters());
        case Stmt.With with -> {
          Symbols symbols = new Symbols(outer);
          with.bindings().forEach(binding -> parameters(symbols, binding.target()));
          body(symbols, with, List.of());
        }
        case Stmt.Data _, Stmt.Output _, Stmt.Assign _ -> {}
      }
    }
  }

  private void loop(Symbols outer, Stmt.For loop) {
    Symbols symbols = new Symbols(outer);
    symbols.parameter("loop");
    parameters(symbols, loop.target());
    statements(symbols, loop.body());
    unset.put(loop, symbols.unset());
    inner(symbols, loop.body());
    Symbols otherwise = new Symbols(outer);
    statements(otherwise, loop.otherwise());
    unsetOtherwise.put(loop, otherwise.unset());
    inner(otherwise, loop.otherwise());
  }

  private void block(Symbols outer, Stmt statement, List<Expr> expressions) {
    body(new Symbols(outer), statement, expressions);
  }

  private void macro(Symbols outer, Stmt statement, List<Stmt.Parameter> parameters) {
    Symbols symbols = new Symbols(outer);
    MacroUse.SPECIAL.forEach(symbols::parameter);
    parameters.forEach(parameter -> symbols.parameter(parameter.name()));
    parameters.forEach(parameter -> parameter.byDefault().ifPresent(e -> loads(symbols, e)));
    body(symbols, statement, List.of());
  }

  private void body(Symbols symbols, Stmt statement, List<Expr> expressions) {
    List<Stmt> body = statement.statements();
    statements(symbols, body);
    for (Expr expression : expressions) {
      loads(symbols, expression);
    }
    unset.put(statement, symbols.unset());
    inner(symbols, body);
  }

  private static void parameters(Symbols symbols, Target target) {
    switch (target) {
      case Target.Variable variable -> symbols.parameter(variable.name());
      case Target.Member member -> symbols.load(member.namespace());
      case Target.Unpacked unpacked -> unpacked.targets().forEach(t -> parameters(symbols, t));
    }
  }

  private static void statements(Symbols symbols, List<Stmt> statements) {
    for (Stmt statement : statements) {
      statement(symbols, statement);
    }
  }

  private static void statement(Symbols symbols, Stmt statement) {
    switch (statement) {
      case Stmt.Data _ -> {}
      case Stmt.Output output -> loads(symbols, output.value());
      case Stmt.For loop -> loads(symbols, loop.items());
      case Stmt.If condition -> condition(symbols, condition);
      case Stmt.Assign assign -> {
        loads(symbols, assign.value());
        stores(symbols, assign.target());
      }
      case Stmt.AssignBlock block -> stores(symbols, block.target());
      case Stmt.With with -> with.bindings().forEach(binding -> loads(symbols, binding.value()));
      case Stmt.FilterBlock filter -> loads(symbols, filter.value());
      case Stmt.MacroDefinition macro -> symbols.store(macro.name());
      case Stmt.CallBlock call -> loads(symbols, call.call());
    }
  }

  /** Each {@code elif} counts as a condition of its own inside one branch. */
  private static void condition(Symbols symbols, Stmt.If condition) {
    Stmt.Branch first = condition.branches().getFirst();
    loads(symbols, first.test());
    symbols.branches(
        List.of(
            branch -> statements(branch, first.body()),
            branch -> elifs(branch, condition.branches()),
            branch -> statements(branch, condition.otherwise())));
  }

  private static void elifs(Symbols symbols, List<Stmt.Branch> branches) {
    for (Stmt.Branch branch : branches.subList(1, branches.size())) {
      loads(symbols, branch.test());
      symbols.branches(
          List.of(inner -> statements(inner, branch.body()), inner -> {}, inner -> {}));
    }
  }

  private static void stores(Symbols symbols, Target target) {
    switch (target) {
      case Target.Variable variable -> symbols.store(variable.name());
      case Target.Member member -> symbols.load(member.namespace());
      case Target.Unpacked unpacked -> unpacked.targets().forEach(t -> stores(symbols, t));
    }
  }

  private static void loads(Symbols symbols, Expr expression) {
    if (expression instanceof Expr.Name name) {
      symbols.load(name.name());
    }
    for (Expr child : expression.children()) {
      loads(symbols, child);
    }
  }
}

package dev.weir.template.jinja.run;

import dev.weir.template.jinja.syntax.Expr;
import dev.weir.template.jinja.syntax.Stmt;
import dev.weir.template.jinja.syntax.Stmt.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which of the names that every macro is given the body of one reads. */
final class MacroUse {

  /** {@code caller}, and all arguments beside the parameters, by name and by place. */
  static final Set<String> SPECIAL = Set.of("caller", "kwargs", "varargs");

  /** Names that have not been given another meaning so far. */
  private final Set<String> open = new HashSet<>(SPECIAL);

  private final Set<String> read = new HashSet<>();

  private MacroUse() {}

  static Set<String> of(List<Stmt> body) {
    MacroUse use = new MacroUse();
    use.statements(body);
    return Set.copyOf(use.read);
  }

  private void statements(List<Stmt> statements) {
    statements.forEach(this::statement);
  }

  private void statement(Stmt statement) {
    switch (statement) {
      case Stmt.For loop -> written(loop.target());
      case Stmt.Assign assign -> written(assign.target());
      case Stmt.AssignBlock block -> written(block.target());
      case Stmt.With with -> with.bindings().forEach(binding -> written(binding.target()));
      case Stmt.MacroDefinition macro -> parameters(macro.parameters());
      case Stmt.CallBlock call -> {
        expression(call.call());
        parameters(call.parameters());
      }
      case Stmt.Data _, Stmt.Output _, Stmt.If _, Stmt.FilterBlock _ -> {}
    }
    statement.expressions().forEach(this::expression);
    statements(statement.statements());
  }

  private void parameters(List<Stmt.Parameter> parameters) {
    parameters.forEach(parameter -> open.remove(parameter.name()));
  }

  private void written(Target target) {
    switch (target) {
      case Target.Variable variable -> open.remove(variable.name());
      case Target.Member _ -> {}
      case Target.Unpacked unpacked -> unpacked.targets().forEach(this::written);
    }
  }

  private void expression(Expr expression) {
    if (expression instanceof Expr.Name name && open.contains(name.name())) {
      var _ = read.add(name.name());
    }
    expression.children().forEach(this::expression);
  }
}

package dev.weir.template.jinja.syntax;

import dev.weir.template.TemplateException;
import dev.weir.template.jinja.syntax.Operands.Empty;
import dev.weir.template.jinja.syntax.Operands.Items;
import dev.weir.template.jinja.syntax.Stmt.Binding;
import dev.weir.template.jinja.syntax.Stmt.Branch;
import dev.weir.template.jinja.syntax.Stmt.Parameter;
import dev.weir.template.jinja.syntax.Stmt.Recursion;
import dev.weir.template.jinja.syntax.Stmt.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the statements, each from the name of its tag to before the end of its last one. */
final class Blocks {

  private final Tokens tokens;
  private final Operators operators;
  private final Statements statements;
  private final Targets targets;

  Blocks(Tokens tokens, Operators operators, Statements statements) {
    this.tokens = tokens;
    this.operators = operators;
    this.statements = statements;
    this.targets = new Targets(tokens, operators);
  }

  Stmt loop() throws TemplateException {
    int at = tokens.next().at();
    Target target = targets.target();
    var _ = tokens.expectName("in");
    Expr items = operators.operands().tuple(Items.WITHOUT_CHOICE, Empty.REFUSED);
    Optional<Expr> test =
        tokens.skipIfName("if") ? Optional.of(operators.expression()) : Optional.empty();
    Recursion recursion = tokens.skipIfName("recursive") ? Recursion.ALLOWED : Recursion.NONE;
    List<Stmt> body = statements.body("endfor", "else");
    boolean otherwise = tokens.next().isName("else");
    List<Stmt> empty = otherwise ? statements.whole("endfor") : List.of();
    return new Stmt.For(at, target, items, test, recursion, body, empty);
  }

  Stmt condition() throws TemplateException {
    int at = tokens.current().at();
    List<Branch> branches = new ArrayList<>();
    Token end;
    do {
      var _ = tokens.next();
      Expr test = operators.operands().tuple(Items.WITHOUT_CHOICE, Empty.REFUSED);
      branches.add(new Branch(test, statements.body("elif", "else", "endif")));
      end = tokens.current();
    } while (end.isName("elif"));
    var _ = tokens.next();
    List<Stmt> otherwise = end.isName("else") ? statements.whole("endif") : List.of();
    return new Stmt.If(at, branches, otherwise);
  }

  Stmt set() throws TemplateException {
    int at = tokens.next().at();
    Target target = targets.settable();
    if (tokens.skipIf(Kind.ASSIGN)) {
      Expr value = operators.operands().tuple(Items.EXPRESSIONS, Empty.REFUSED);
      return new Stmt.Assign(at, target, value);
    }
    Expr value = new Expr.Body(at);
    if (tokens.skipIf(Kind.PIPE)) {
      value = operators.operands().filter(value);
    }
    return new Stmt.AssignBlock(at, target, value, statements.whole("endset"));
  }

  Stmt with() throws TemplateException {
    int at = tokens.next().at();
    List<Binding> bindings = new ArrayList<>();
    while (!tokens.is(Kind.BLOCK_END)) {
      if (!bindings.isEmpty()) {
        var _ = tokens.expect(Kind.COMMA);
      }
      Target target = targets.target();
      var _ = tokens.expect(Kind.ASSIGN);
      bindings.add(new Binding(target, operators.expression()));
    }
    return new Stmt.With(at, bindings, statements.whole("endwith"));
  }

  Stmt filter() throws TemplateException {
    int at = tokens.next().at();
    Expr value = operators.operands().filter(new Expr.Body(at));
    return new Stmt.FilterBlock(at, value, statements.whole("endfilter"));
  }

  Stmt macro() throws TemplateException {
    int at = tokens.next().at();
    String name = targets.name().text();
    List<Parameter> parameters = targets.parameters();
    return new Stmt.MacroDefinition(at, name, parameters, statements.whole("endmacro"));
  }

  Stmt call() throws TemplateException {
    int at = tokens.next().at();
    List<Parameter> parameters = tokens.is(Kind.LPAREN) ? targets.parameters() : List.of();
    Expr called = operators.expression();
    if (!(called instanceof Expr.Call call)) {
      throw tokens.error(at, "this is no call (expected: a macro with its arguments)");
    }
    return new Stmt.CallBlock(at, parameters, call, statements.whole("endcall"));
  }
}

package dev.weir.template.jinja.syntax;

import dev.weir.template.TemplateException;
import dev.weir.template.jinja.syntax.Operands.Empty;
import dev.weir.template.jinja.syntax.Operands.Items;
import dev.weir.template.jinja.syntax.Stmt.Parameter;
import dev.weir.template.jinja.syntax.Stmt.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what is assigned to: variables, tuples of them, members of a namespace, parameters. */
final class Targets {

  private static final Set<String> CONSTANTS =
      Set.of("true", "false", "none", "True", "False", "None");

  private final Tokens tokens;
  private final Operators operators;

  Targets(Tokens tokens, Operators operators) {
    this.tokens = tokens;
    this.operators = operators;
  }

  /** A variable or a tuple. */
  Target target() throws TemplateException {
    return of(operators.operands().tuple(Items.PRIMARIES, Empty.REFUSED));
  }

  /** What {@code set} assigns to. */
  Target settable() throws TemplateException {
    if (tokens.is(Kind.NAME) && tokens.look().is(Kind.DOT)) {
      Token namespace = tokens.next();
      var _ = tokens.next();
      Token name = tokens.expect(Kind.NAME);
      return new Target.Member(namespace.at(), namespace.text(), name.text());
    }
    return target();
  }

  private Target of(Expr written) throws TemplateException {
    if (written instanceof Expr.Name name) {
      return new Target.Variable(name.at(), name.name());
    }
    if (!(written instanceof Expr.TupleOf tuple)) {
      throw tokens.error(written.at(), "nothing can be assigned to this (expected: a name)");
    }
    List<Target> targets = new ArrayList<>();
    for (Expr item : tuple.items()) {
      targets.add(of(item));
    }
    return new Target.Unpacked(tuple.at(), targets);
  }

  /** A name that is free to be given. */
  Token name() throws TemplateException {
    Token name = tokens.expect(Kind.NAME);
    if (CONSTANTS.contains(name.text())) {
      throw tokens.error(name.at(), name.shown() + " is a constant (expected: a name)");
    }
    return name;
  }

  /** The parameters of a macro in their brackets. */
  List<Parameter> parameters() throws TemplateException {
    List<Parameter> parameters = new ArrayList<>();
    var _ = tokens.expect(Kind.LPAREN);
    while (!tokens.is(Kind.RPAREN)) {
      if (!parameters.isEmpty()) {
        var _ = tokens.expect(Kind.COMMA);
      }
      parameters.add(parameter(parameters));
    }
    var _ = tokens.next();
    return parameters;
  }

  private Parameter parameter(List<Parameter> before) throws TemplateException {
    Token name = name();
    if (before.stream().anyMatch(parameter -> parameter.name().equals(name.text()))) {
      throw tokens.error(name.at(), "there already is a parameter " + name.shown());
    }
    if (tokens.skipIf(Kind.ASSIGN)) {
      return new Parameter(name.at(), name.text(), Optional.of(operators.expression()));
    }
    if (!before.isEmpty() && before.getLast().byDefault().isPresent()) {
      throw tokens.error(
          tokens.current().at(), "parameter " + name.shown() + " needs a default, as those before");
    }
    return new Parameter(name.at(), name.text(), Optional.empty());
  }
}

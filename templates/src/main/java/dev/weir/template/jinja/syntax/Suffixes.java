package dev.weir.template.jinja.syntax;

import dev.weir.template.TemplateException;
import dev.weir.template.jinja.syntax.Arguments.Named;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what follows a value: attributes, items, calls, filters and tests. */
final class Suffixes {

  private final Tokens tokens;
  private final Operators operators;
  private final Operands operands;

  Suffixes(Tokens tokens, Operators operators, Operands operands) {
    this.tokens = tokens;
    this.operators = operators;
    this.operands = operands;
  }

  Expr postfixed(Expr operand) throws TemplateException {
    Expr value = operand;
    while (true) {
      switch (tokens.current().kind()) {
        case DOT -> value = attribute(value);
        case LBRACKET -> value = item(value);
        case LPAREN -> value = call(value);
        default -> {
          return value;
        }
      }
    }
  }

  Expr filtered(Expr operand) throws TemplateException {
    Expr value = operand;
    while (true) {
      if (tokens.skipIf(Kind.PIPE)) {
        value = oneFilter(value);
      } else if (tokens.isName("is")) {
        value = test(value);
      } else if (tokens.is(Kind.LPAREN)) {
        value = call(value);
      } else {
        return value;
      }
    }
  }

  Expr filters(Expr operand) throws TemplateException {
    Expr value = oneFilter(operand);
    while (tokens.skipIf(Kind.PIPE)) {
      value = oneFilter(value);
    }
    return value;
  }

  private Expr oneFilter(Expr operand) throws TemplateException {
    int at = tokens.current().at();
    String name = dottedName();
    return new Expr.Filter(at, operand, name, argumentsIfAny());
  }

  private String dottedName() throws TemplateException {
    StringBuilder name = new StringBuilder(tokens.expect(Kind.NAME).text());
    while (tokens.skipIf(Kind.DOT)) {
      name.append('.').append(tokens.expect(Kind.NAME).text());
    }
    return name.toString();
  }

  private Arguments argumentsIfAny() throws TemplateException {
    return tokens.is(Kind.LPAREN) ? arguments() : Arguments.NONE;
  }

  private Expr test(Expr operand) throws TemplateException {
    int is = tokens.next().at();
    boolean negated = tokens.skipIfName("not");
    int at = tokens.current().at();
    String name = dottedName();
    Expr test = new Expr.Test(at, operand, name, testArguments());
    return negated ? new Expr.Unary(is, UnaryOperator.NOT, test) : test;
  }

  private Arguments testArguments() throws TemplateException {
    if (tokens.is(Kind.LPAREN)) {
      return arguments();
    }
    if (!operands.startsArgument()) {
      return Arguments.NONE;
    }
    if (tokens.isName("is")) {
      throw tokens.error(
          tokens.current().at(), "tests cannot follow each other; join them with 'and'");
    }
    Expr only = postfixed(operands.primary());
    return new Arguments(List.of(only), List.of(), Optional.empty(), Optional.empty());
  }

  private Expr attribute(Expr object) throws TemplateException {
    int dot = tokens.next().at();
    Token name = tokens.current();
    if (name.is(Kind.NAME)) {
      var _ = tokens.next();
      return new Expr.Attribute(dot, object, name.text());
    }
    if (!name.is(Kind.INTEGER)) {
      throw tokens.unexpected("a name or a number");
    }
    var _ = tokens.next();
    return new Expr.Item(dot, object, new Expr.Constant(name.at(), operands.integer(name)));
  }

  private Expr item(Expr object) throws TemplateException {
    int at = tokens.expect(Kind.LBRACKET).at();
    List<Expr> keys = new ArrayList<>();
    while (!tokens.is(Kind.RBRACKET)) {
      if (!keys.isEmpty()) {
        var _ = tokens.expect(Kind.COMMA);
      }
      keys.add(key());
    }
    var _ = tokens.next();
    Expr key = keys.size() == 1 ? keys.getFirst() : new Expr.TupleOf(at, keys);
    return new Expr.Item(at, object, key);
  }

  private Expr key() throws TemplateException {
    int at = tokens.current().at();
    Optional<Expr> start = Optional.empty();
    if (!tokens.is(Kind.COLON)) {
      Expr first = operators.expression();
      if (!tokens.is(Kind.COLON)) {
        return first;
      }
      start = Optional.of(first);
    }
    var _ = tokens.next();
    Optional<Expr> stop = operands.unless(Kind.COLON, Kind.RBRACKET);
    Optional<Expr> step =
        tokens.skipIf(Kind.COLON)
            ? operands.unless(Kind.RBRACKET, Kind.RBRACKET)
            : Optional.empty();
    return new Expr.SliceOf(at, start, stop, step);
  }

  private Expr call(Expr callee) throws TemplateException {
    int at = tokens.current().at();
    return new Expr.Call(at, callee, arguments());
  }

  private Arguments arguments() throws TemplateException {
    Building building = new Building(tokens.expect(Kind.LPAREN).at());
    boolean first = true;
    while (!tokens.is(Kind.RPAREN)) {
      if (!first) {
        var _ = tokens.expect(Kind.COMMA);
      }
      first = false;
      if (!tokens.is(Kind.RPAREN)) {
        building.argument();
      }
    }
    var _ = tokens.next();
    return new Arguments(building.positional, building.named, building.rest, building.namedRest);
  }

  /** The arguments of one call while they are read. */
  private final class Building {
    private final int at;
    private final List<Expr> positional = new ArrayList<>();
    private final List<Named> named = new ArrayList<>();
    private Optional<Expr> rest = Optional.empty();
    private Optional<Expr> namedRest = Optional.empty();

    Building(int at) {
      this.at = at;
    }

    void argument() throws TemplateException {
      Token token = tokens.current();
      if (tokens.skipIf(Kind.MUL)) {
        require(rest.isEmpty() && namedRest.isEmpty());
        rest = Optional.of(operators.expression());
      } else if (tokens.skipIf(Kind.POW)) {
        require(namedRest.isEmpty());
        namedRest = Optional.of(operators.expression());
      } else if (token.is(Kind.NAME) && tokens.look().is(Kind.ASSIGN)) {
        require(namedRest.isEmpty());
        var _ = tokens.next();
        var _ = tokens.next();
        named.add(new Named(token.at(), token.text(), operators.expression()));
      } else {
        require(rest.isEmpty() && namedRest.isEmpty() && named.isEmpty());
        positional.add(operators.expression());
      }
    }

    private void require(boolean inOrder) throws TemplateException {
      if (!inOrder) {
        throw tokens.error(
            at, "arguments out of order (expected: by place, by name, '*' once, '**' once)");
      }
    }
  }
}

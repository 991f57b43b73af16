package dev.weir.template.jinja.syntax;

import dev.weir.template.TemplateException;
import dev.weir.template.jinja.syntax.Expr.Comparand;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads expressions: operators, one method for each level of how strongly they bind. */
final class Operators {

  private final Tokens tokens;
  private final Nesting nesting;
  private final Operands operands;

  Operators(Tokens tokens, Nesting nesting) {
    this.tokens = tokens;
    this.nesting = nesting;
    this.operands = new Operands(tokens, this);
  }

  Operands operands() {
    return operands;
  }

  /** A whole expression. */
  Expr expression() throws TemplateException {
    nesting.enter(tokens);
    Expr value = or();
    while (tokens.isName("if")) {
      var _ = tokens.next();
      Expr test = or();
      Optional<Expr> otherwise =
          tokens.skipIfName("else") ? Optional.of(expression()) : Optional.empty();
      value = new Expr.Choice(value.at(), test, value, otherwise);
    }
    nesting.leave();
    return value;
  }

  /** An expression that is not an inline condition, so that {@code if} can follow it. */
  Expr withoutChoice() throws TemplateException {
    return or();
  }

  private Expr or() throws TemplateException {
    Expr left = and();
    while (tokens.skipIfName("or")) {
      left = new Expr.Or(left.at(), left, and());
    }
    return left;
  }

  private Expr and() throws TemplateException {
    Expr left = not();
    while (tokens.skipIfName("and")) {
      left = new Expr.And(left.at(), left, not());
    }
    return left;
  }

  private Expr not() throws TemplateException {
    if (!tokens.isName("not")) {
      return compare();
    }
    nesting.enter(tokens);
    int at = tokens.next().at();
    Expr negated = new Expr.Unary(at, UnaryOperator.NOT, not());
    nesting.leave();
    return negated;
  }

  private Expr compare() throws TemplateException {
    Expr first = sum();
    List<Comparand> rest = new ArrayList<>();
    for (Comparison next = comparison(); next != null; next = comparison()) {
      rest.add(new Comparand(next, sum()));
    }
    return rest.isEmpty() ? first : new Expr.Compare(first.at(), first, rest);
  }

  private @Nullable Comparison comparison() throws TemplateException {
    Comparison found =
        switch (tokens.current().kind()) {
          case EQ -> Comparison.EQUAL;
          case NE -> Comparison.NOT_EQUAL;
          case LT -> Comparison.LESS;
          case LTEQ -> Comparison.LESS_OR_EQUAL;
          case GT -> Comparison.GREATER;
          case GTEQ -> Comparison.GREATER_OR_EQUAL;
          default -> membership();
        };
    if (found != null) {
      var _ = tokens.next();
    }
    return found;
  }

  private @Nullable Comparison membership() throws TemplateException {
    if (tokens.isName("in")) {
      return Comparison.IN;
    }
    if (tokens.isName("not") && tokens.look().isName("in")) {
      var _ = tokens.next();
      return Comparison.NOT_IN;
    }
    return null;
  }

  private Expr sum() throws TemplateException {
    Expr left = concat();
    while (tokens.is(Kind.ADD) || tokens.is(Kind.SUB)) {
      Token operator = tokens.next();
      left = binary(operator, left, concat());
    }
    return left;
  }

  private Expr concat() throws TemplateException {
    Expr first = product();
    if (!tokens.is(Kind.TILDE)) {
      return first;
    }
    List<Expr> parts = new ArrayList<>(List.of(first));
    while (tokens.skipIf(Kind.TILDE)) {
      parts.add(product());
    }
    return new Expr.Concat(first.at(), parts);
  }

  private Expr product() throws TemplateException {
    Expr left = power();
    while (tokens.is(Kind.MUL)
        || tokens.is(Kind.DIV)
        || tokens.is(Kind.FLOORDIV)
        || tokens.is(Kind.MOD)) {
      Token operator = tokens.next();
      left = binary(operator, left, power());
    }
    return left;
  }

  /** Unlike in most languages, a row of {@code **} is worked out from the left. */
  private Expr power() throws TemplateException {
    Expr left = unary();
    while (tokens.is(Kind.POW)) {
      Token operator = tokens.next();
      left = binary(operator, left, unary());
    }
    return left;
  }

  private static Expr binary(Token operator, Expr left, Expr right) {
    BinaryOperator found =
        switch (operator.kind()) {
          case ADD -> BinaryOperator.ADD;
          case SUB -> BinaryOperator.SUBTRACT;
          case MUL -> BinaryOperator.MULTIPLY;
          case DIV -> BinaryOperator.DIVIDE;
          case FLOORDIV -> BinaryOperator.FLOOR_DIVIDE;
          case MOD -> BinaryOperator.MODULO;
          case POW -> BinaryOperator.POWER;
          default -> throw new IllegalStateException("no operator: " + operator);
        };
    return new Expr.Binary(operator.at(), found, left, right);
  }

  /** A sign binds more strongly than {@code **}, and filters come after it. */
  private Expr unary() throws TemplateException {
    return operands.filtered(signed());
  }

  private Expr signed() throws TemplateException {
    boolean minus = tokens.is(Kind.SUB);
    if (!minus && !tokens.is(Kind.ADD)) {
      return operands.postfixed(operands.primary());
    }
    nesting.enter(tokens);
    int at = tokens.next().at();
    Expr operand = new Expr.Unary(at, minus ? UnaryOperator.MINUS : UnaryOperator.PLUS, signed());
    nesting.leave();
    return operand;
  }
}

package dev.weir.template.jinja.syntax;

import dev.weir.template.Bool;
import dev.weir.template.Int;
import dev.weir.template.Null;
import dev.weir.template.Real;
import dev.weir.template.TemplateException;
import dev.weir.template.Text;
import dev.weir.template.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what operators stand between: values, names, brackets, and all that follows them. */
final class Operands {

  private final Tokens tokens;
  private final Operators operators;
  private final Suffixes suffixes;

  Operands(Tokens tokens, Operators operators) {
    this.tokens = tokens;
    this.operators = operators;
    this.suffixes = new Suffixes(tokens, operators, this);
  }

  /** With all attributes, items and calls that follow it. */
  Expr postfixed(Expr operand) throws TemplateException {
    return suffixes.postfixed(operand);
  }

  /** With all filters, tests and calls that follow it. */
  Expr filtered(Expr operand) throws TemplateException {
    return suffixes.filtered(operand);
  }

  /** With at least one filter, whose name comes next. */
  Expr filter(Expr operand) throws TemplateException {
    return suffixes.filters(operand);
  }

  /** A value, a name or something in brackets. */
  Expr primary() throws TemplateException {
    Token token = tokens.current();
    return switch (token.kind()) {
      case NAME -> name(tokens.next());
      case STRING -> strings();
      case INTEGER -> new Expr.Constant(token.at(), integer(tokens.next()));
      case FLOAT ->
          new Expr.Constant(token.at(), new Real(Double.parseDouble(tokens.next().text())));
      case LPAREN -> inBrackets();
      case LBRACKET -> list();
      case LBRACE -> dict();
      default -> throw tokens.unexpected("a value, a name or a bracket");
    };
  }

  private Expr inBrackets() throws TemplateException {
    var _ = tokens.next();
    Expr inner = tuple(Items.EXPRESSIONS, Empty.ALLOWED);
    var _ = tokens.expect(Kind.RPAREN);
    return inner;
  }

  private static Expr name(Token token) {
    Value constant =
        switch (token.text()) {
          case "true", "True" -> Bool.TRUE;
          case "false", "False" -> Bool.FALSE;
          case "none", "None" -> Null.NULL;
          default -> null;
        };
    return constant == null
        ? new Expr.Name(token.at(), token.text())
        : new Expr.Constant(token.at(), constant);
  }

  private Expr strings() throws TemplateException {
    int at = tokens.current().at();
    StringBuilder joined = new StringBuilder();
    while (tokens.is(Kind.STRING)) {
      joined.append(tokens.next().text());
    }
    return new Expr.Constant(at, Text.of(joined.toString()));
  }

  Int integer(Token token) throws TemplateException {
    String digits = token.text();
    int radix = digits.length() > 1 ? TagLexer.radix(digits.charAt(1)) : 0;
    BigInteger value =
        radix == 0 ? new BigInteger(digits) : new BigInteger(digits.substring(2), radix);
    if (value.bitLength() > 63) {
      throw tokens.error(token.at(), digits + " is too large (expected: an integer of 64 bits)");
    }
    return Int.of(value.longValue());
  }

  private Expr list() throws TemplateException {
    int at = tokens.expect(Kind.LBRACKET).at();
    List<Expr> items = new ArrayList<>();
    while (!tokens.is(Kind.RBRACKET)) {
      if (!items.isEmpty()) {
        var _ = tokens.expect(Kind.COMMA);
      }
      if (!tokens.is(Kind.RBRACKET)) {
        items.add(operators.expression());
      }
    }
    var _ = tokens.next();
    return new Expr.ListOf(at, items);
  }

  private Expr dict() throws TemplateException {
    int at = tokens.expect(Kind.LBRACE).at();
    List<Expr.Pair> pairs = new ArrayList<>();
    while (!tokens.is(Kind.RBRACE)) {
      if (!pairs.isEmpty()) {
        var _ = tokens.expect(Kind.COMMA);
      }
      if (!tokens.is(Kind.RBRACE)) {
        Expr key = operators.expression();
        var _ = tokens.expect(Kind.COLON);
        pairs.add(new Expr.Pair(key, operators.expression()));
      }
    }
    var _ = tokens.next();
    return new Expr.DictOf(at, pairs);
  }

  /** What the items of a tuple may be. */
  enum Items {
    EXPRESSIONS,
    /** Expressions that {@code if} may follow. */
    WITHOUT_CHOICE,
    /** What can be assigned to. */
    PRIMARIES
  }

  /** Whether there may be no item at all. */
  enum Empty {
    ALLOWED,
    REFUSED
  }

  /** One expression, or several with commas, which are a tuple. */
  Expr tuple(Items kind, Empty empty) throws TemplateException {
    int at = tokens.current().at();
    List<Expr> items = new ArrayList<>();
    boolean comma = false;
    while (!ends()) {
      items.add(item(kind));
      if (!tokens.is(Kind.COMMA)) {
        break;
      }
      comma = true;
      var _ = tokens.next();
    }
    if (!comma && !items.isEmpty()) {
      return items.getFirst();
    }
    if (items.isEmpty() && empty == Empty.REFUSED) {
      throw tokens.unexpected("an expression");
    }
    return new Expr.TupleOf(at, items);
  }

  private boolean ends() {
    return tokens.is(Kind.VARIABLE_END) || tokens.is(Kind.BLOCK_END) || tokens.is(Kind.RPAREN);
  }

  private Expr item(Items kind) throws TemplateException {
    return switch (kind) {
      case EXPRESSIONS -> operators.expression();
      case WITHOUT_CHOICE -> operators.withoutChoice();
      case PRIMARIES -> primary();
    };
  }

  /** Whether a test's only argument may stand here without brackets. */
  boolean startsArgument() {
    return switch (tokens.current().kind()) {
      case NAME -> !(tokens.isName("else") || tokens.isName("or") || tokens.isName("and"));
      case STRING, INTEGER, FLOAT, LBRACKET, LBRACE -> true;
      default -> false;
    };
  }

  /** An optional expression that ends before one of two tokens. */
  Optional<Expr> unless(Kind first, Kind second) throws TemplateException {
    return tokens.is(first) || tokens.is(second) || tokens.is(Kind.COMMA)
        ? Optional.empty()
        : Optional.of(operators.expression());
  }
}

package dev.weir.template.jinja.syntax;

import dev.weir.template.Value;
import java.util.List;
import java.util.Optional;

/** An expression of a template. */
public sealed interface Expr {

  /** The offset in the template that errors of this expression point at. */
  int at();

  /** A value as written. */
  record Constant(int at, Value value) implements Expr {}

  /** The value of a variable. */
  record Name(int at, String name) implements Expr {}

  /** The text that a filter block or a set block has put together. */
  record Body(int at) implements Expr {}

  /** {@code [a, b]}. */
  record ListOf(int at, List<Expr> items) implements Expr {
    public ListOf {
      items = List.copyOf(items);
    }
  }

  /** {@code (a, b)}. */
  record TupleOf(int at, List<Expr> items) implements Expr {
    public TupleOf {
      items = List.copyOf(items);
    }
  }

  /** {@code {a: b}}. */
  record DictOf(int at, List<Pair> pairs) implements Expr {
    public DictOf {
      pairs = List.copyOf(pairs);
    }
  }

  /** One entry of a dict as written. */
  record Pair(Expr key, Expr value) {}

  /** {@code -a}, {@code +a} or {@code not a}. */
  record Unary(int at, UnaryOperator operator, Expr operand) implements Expr {}

  /** Two operands with an arithmetic operator between them. */
  record Binary(int at, BinaryOperator operator, Expr left, Expr right) implements Expr {}

  /** {@code a ~ b ~ c}. */
  record Concat(int at, List<Expr> parts) implements Expr {
    public Concat {
      parts = List.copyOf(parts);
    }
  }

  /** {@code a and b}: the first that is false, else the last. */
  record And(int at, Expr left, Expr right) implements Expr {}

  /** {@code a or b}: the first that is true, else the last. */
  record Or(int at, Expr left, Expr right) implements Expr {}

  /** {@code a < b <= c}. */
  record Compare(int at, Expr first, List<Comparand> rest) implements Expr {
    public Compare {
      rest = List.copyOf(rest);
    }
  }

  /** What something is compared with. */
  record Comparand(Comparison comparison, Expr operand) {}

  /** {@code a if test else b}; without {@code else} an undefined value. */
  record Choice(int at, Expr test, Expr then, Optional<Expr> otherwise) implements Expr {}

  /** {@code a.name}. */
  record Attribute(int at, Expr object, String name) implements Expr {}

  /** {@code a[b]}. */
  record Item(int at, Expr object, Expr key) implements Expr {}

  /** {@code a:b:c} as the key of an {@link Item}. */
  record SliceOf(int at, Optional<Expr> start, Optional<Expr> stop, Optional<Expr> step)
      implements Expr {}

  /** {@code a(b)}. */
  record Call(int at, Expr callee, Arguments arguments) implements Expr {}

  /** {@code a|name(b)}. */
  record Filter(int at, Expr operand, String name, Arguments arguments) implements Expr {}

  /** {@code a is name(b)}. */
  record Test(int at, Expr operand, String name, Arguments arguments) implements Expr {}

  /**
   * What is handed over in a call.
   *
   * @param named in order, names may repeat
   * @param rest {@code *a}
   * @param namedRest {@code **a}
   */
  record Arguments(
      List<Expr> positional, List<Named> named, Optional<Expr> rest, Optional<Expr> namedRest) {
    /** No arguments. */
    public static final Arguments NONE =
        new Arguments(List.of(), List.of(), Optional.empty(), Optional.empty());

    public Arguments {
      positional = List.copyOf(positional);
      named = List.copyOf(named);
    }
  }

  /** {@code name=a} in a call. */
  record Named(int at, String name, Expr value) {}

  /** An operator with one operand. */
  enum UnaryOperator {
    MINUS,
    PLUS,
    NOT
  }

  /** An arithmetic operator with two operands. */
  enum BinaryOperator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    FLOOR_DIVIDE("//"),
    MODULO("%"),
    POWER("** or pow()");

    private final String symbol;

    BinaryOperator(String symbol) {
      this.symbol = symbol;
    }

    /** How it is written in errors. */
    public String symbol() {
      return symbol;
    }
  }

  /** How two operands are compared. */
  enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    NOT_IN("not in");

    private final String symbol;

    Comparison(String symbol) {
      this.symbol = symbol;
    }

    /** How it is written. */
    public String symbol() {
      return symbol;
    }
  }
}

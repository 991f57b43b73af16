package dev.weir.template.jinja.syntax;

import dev.weir.template.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An expression of a template. */
public sealed interface Expr {

  /** The offset in the template that errors of this expression point at. */
  int at();

  /**
   * Hands it to what deals with its kind.
   *
   * @param context what the visitor works with
   * @return what the visitor gives
   */
  <C, R> R accept(ExprVisitor<C, R> visitor, C context);

  /** The expressions directly inside it, in the order in which they are written. */
  default List<Expr> children() {
    return List.of();
  }

  /** A value as written. */
  record Constant(int at, Value value) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.constant(this, context);
    }
  }

  /** The value of a variable. */
  record Name(int at, String name) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.name(this, context);
    }
  }

  /** The text that a filter block or a set block has put together. */
  record Body(int at) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.body(this, context);
    }
  }

  /** {@code [a, b]}. */
  record ListOf(int at, List<Expr> items) implements Expr {
    public ListOf {
      items = List.copyOf(items);
    }

    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.list(this, context);
    }

    @Override
    public List<Expr> children() {
      return items;
    }
  }

  /** {@code (a, b)}. */
  record TupleOf(int at, List<Expr> items) implements Expr {
    public TupleOf {
      items = List.copyOf(items);
    }

    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.tuple(this, context);
    }

    @Override
    public List<Expr> children() {
      return items;
    }
  }

  /** {@code {a: b}}. */
  record DictOf(int at, List<Pair> pairs) implements Expr {
    public DictOf {
      pairs = List.copyOf(pairs);
    }

    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.dict(this, context);
    }

    @Override
    public List<Expr> children() {
      List<Expr> children = new ArrayList<>(2 * pairs.size());
      for (Pair pair : pairs) {
        children.add(pair.key());
        children.add(pair.value());
      }
      return children;
    }
  }

  /** One entry of a dict as written. */
  record Pair(Expr key, Expr value) {}

  /** {@code -a}, {@code +a} or {@code not a}. */
  record Unary(int at, UnaryOperator operator, Expr operand) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.unary(this, context);
    }

    @Override
    public List<Expr> children() {
      return List.of(operand);
    }
  }

  /** Two operands with an arithmetic operator between them. */
  record Binary(int at, BinaryOperator operator, Expr left, Expr right) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.binary(this, context);
    }

    @Override
    public List<Expr> children() {
      return List.of(left, right);
    }
  }

  /** {@code a ~ b ~ c}. */
  record Concat(int at, List<Expr> parts) implements Expr {
    public Concat {
      parts = List.copyOf(parts);
    }

    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.concat(this, context);
    }

    @Override
    public List<Expr> children() {
      return parts;
    }
  }

  /** {@code a and b}: the first that is false, else the last. */
  record And(int at, Expr left, Expr right) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.and(this, context);
    }

    @Override
    public List<Expr> children() {
      return List.of(left, right);
    }
  }

  /** {@code a or b}: the first that is true, else the last. */
  record Or(int at, Expr left, Expr right) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.or(this, context);
    }

    @Override
    public List<Expr> children() {
      return List.of(left, right);
    }
  }

  /** {@code a < b <= c}. */
  record Compare(int at, Expr first, List<Comparand> rest) implements Expr {
    public Compare {
      rest = List.copyOf(rest);
    }

    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.compare(this, context);
    }

    @Override
    public List<Expr> children() {
      List<Expr> children = new ArrayList<>(List.of(first));
      for (Comparand comparand : rest) {
        children.add(comparand.operand());
      }
      return children;
    }
  }

  /** What something is compared with. */
  record Comparand(Comparison comparison, Expr operand) {}

  /** {@code a if test else b}; without {@code else} an undefined value. */
  record Choice(int at, Expr test, Expr then, Optional<Expr> otherwise) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.choice(this, context);
    }

    @Override
    public List<Expr> children() {
      return otherwise.isPresent() ? List.of(test, then, otherwise.get()) : List.of(test, then);
    }
  }

  /** {@code a.name}. */
  record Attribute(int at, Expr object, String name) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.attribute(this, context);
    }

    @Override
    public List<Expr> children() {
      return List.of(object);
    }
  }

  /** {@code a[b]}. */
  record Item(int at, Expr object, Expr key) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.item(this, context);
    }

    @Override
    public List<Expr> children() {
      return List.of(object, key);
    }
  }

  /** {@code a:b:c} as the key of an {@link Item}. */
  record SliceOf(int at, Optional<Expr> start, Optional<Expr> stop, Optional<Expr> step)
      implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.slice(this, context);
    }

    @Override
    public List<Expr> children() {
      List<Expr> children = new ArrayList<>();
      start.ifPresent(children::add);
      stop.ifPresent(children::add);
      step.ifPresent(children::add);
      return children;
    }
  }

  /** {@code a(b)}. */
  record Call(int at, Expr callee, Arguments arguments) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.call(this, context);
    }

    @Override
    public List<Expr> children() {
      return arguments.after(callee);
    }
  }

  /** {@code a|name(b)}. */
  record Filter(int at, Expr operand, String name, Arguments arguments) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.filter(this, context);
    }

    @Override
    public List<Expr> children() {
      return arguments.after(operand);
    }
  }

  /** {@code a is name(b)}. */
  record Test(int at, Expr operand, String name, Arguments arguments) implements Expr {
    @Override
    public <C, R> R accept(ExprVisitor<C, R> visitor, C context) {
      return visitor.test(this, context);
    }

    @Override
    public List<Expr> children() {
      return arguments.after(operand);
    }
  }
}

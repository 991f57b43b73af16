package dev.weir.template.jinja.syntax;

import dev.weir.template.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A statement of a template. */
public sealed interface Stmt {

  /** The offset of its first token in the template. */
  int at();

  /**
   * Hands it to what deals with its kind.
   *
   * @param context what the visitor works with
   */
  <C> void accept(StmtVisitor<C> visitor, C context);

  /** The expressions directly in its tags. */
  default List<Expr> expressions() {
    return List.of();
  }

  /** The statements directly inside it. */
  default List<Stmt> statements() {
    return List.of();
  }

  /** Text between tags. */
  record Data(int at, Text text) implements Stmt {
    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.data(this, context);
    }
  }

  /** {@code {{ a }}}. */
  record Output(int at, Expr value) implements Stmt {
    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.output(this, context);
    }

    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }
  }

  /**
   * {@code for}.
   *
   * @param test items for which it is false are left out
   * @param recursive whether {@code loop(...)} runs the body again
   * @param otherwise runs when there was no item
   */
  record For(
      int at,
      Target target,
      Expr items,
      Optional<Expr> test,
      Recursion recursive,
      List<Stmt> body,
      List<Stmt> otherwise)
      implements Stmt {
    public For {
      body = List.copyOf(body);
      otherwise = List.copyOf(otherwise);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.loop(this, context);
    }

    @Override
    public List<Expr> expressions() {
      return test.isPresent() ? List.of(items, test.get()) : List.of(items);
    }

    @Override
    public List<Stmt> statements() {
      return joined(body, otherwise);
    }
  }

  /** Whether a loop may call itself. */
  enum Recursion {
    NONE,
    ALLOWED
  }

  /** {@code if}, each {@code elif}, and {@code else}. */
  record If(int at, List<Branch> branches, List<Stmt> otherwise) implements Stmt {
    public If {
      branches = List.copyOf(branches);
      otherwise = List.copyOf(otherwise);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.condition(this, context);
    }

    @Override
    public List<Expr> expressions() {
      List<Expr> tests = new ArrayList<>(branches.size());
      for (Branch branch : branches) {
        tests.add(branch.test());
      }
      return tests;
    }

    @Override
    public List<Stmt> statements() {
      List<Stmt> all = new ArrayList<>();
      for (Branch branch : branches) {
        all.addAll(branch.body());
      }
      return joined(all, otherwise);
    }
  }

  /** A condition, and what runs where it is the first that is true. */
  record Branch(Expr test, List<Stmt> body) {
    public Branch {
      body = List.copyOf(body);
    }
  }

  /** {@code set a = b}. */
  record Assign(int at, Target target, Expr value) implements Stmt {
    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.assign(this, context);
    }

    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }
  }

  /**
   * {@code set a} up to {@code endset}.
   *
   * @param value {@link Expr.Body}, or filters around it
   */
  record AssignBlock(int at, Target target, Expr value, List<Stmt> body) implements Stmt {
    public AssignBlock {
      body = List.copyOf(body);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.assignBlock(this, context);
    }

    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }

    @Override
    public List<Stmt> statements() {
      return body;
    }
  }

  /** {@code with}. */
  record With(int at, List<Binding> bindings, List<Stmt> body) implements Stmt {
    public With {
      bindings = List.copyOf(bindings);
      body = List.copyOf(body);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.with(this, context);
    }

    @Override
    public List<Expr> expressions() {
      List<Expr> values = new ArrayList<>(bindings.size());
      for (Binding binding : bindings) {
        values.add(binding.value());
      }
      return values;
    }

    @Override
    public List<Stmt> statements() {
      return body;
    }
  }

  /** A variable of a {@code with} and its value. */
  record Binding(Target target, Expr value) {}

  /**
   * {@code filter}.
   *
   * @param value filters around {@link Expr.Body}
   */
  record FilterBlock(int at, Expr value, List<Stmt> body) implements Stmt {
    public FilterBlock {
      body = List.copyOf(body);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.filterBlock(this, context);
    }

    @Override
    public List<Expr> expressions() {
      return List.of(value);
    }

    @Override
    public List<Stmt> statements() {
      return body;
    }
  }

  /** {@code macro}. */
  record MacroDefinition(int at, String name, List<Parameter> parameters, List<Stmt> body)
      implements Stmt {
    public MacroDefinition {
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.macro(this, context);
    }

    @Override
    public List<Expr> expressions() {
      return defaults(parameters);
    }

    @Override
    public List<Stmt> statements() {
      return body;
    }
  }

  /** {@code call}: its body is what {@code caller()} gives inside the macro. */
  record CallBlock(int at, List<Parameter> parameters, Expr.Call call, List<Stmt> body)
      implements Stmt {
    public CallBlock {
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
    }

    @Override
    public <C> void accept(StmtVisitor<C> visitor, C context) {
      visitor.callBlock(this, context);
    }

    @Override
    public List<Expr> expressions() {
      List<Expr> all = new ArrayList<>(List.of(call));
      all.addAll(defaults(parameters));
      return all;
    }

    @Override
    public List<Stmt> statements() {
      return body;
    }
  }

  /** A parameter of a macro. */
  record Parameter(int at, String name, Optional<Expr> byDefault) {}

  private static List<Stmt> joined(List<Stmt> first, List<Stmt> second) {
    List<Stmt> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Expr> defaults(List<Parameter> parameters) {
    List<Expr> defaults = new ArrayList<>();
    for (Parameter parameter : parameters) {
      parameter.byDefault().ifPresent(defaults::add);
    }
    return defaults;
  }

  /** What a value is assigned to. */
  sealed interface Target {
    /** The offset of its first token in the template. */
    int at();

    /** A variable. */
    record Variable(int at, String name) implements Target {}

    /** {@code a.b}, where a is a namespace. */
    record Member(int at, String namespace, String name) implements Target {}

    /** As many targets as the value has items. */
    record Unpacked(int at, List<Target> targets) implements Target {
      public Unpacked {
        targets = List.copyOf(targets);
      }
    }
  }
}

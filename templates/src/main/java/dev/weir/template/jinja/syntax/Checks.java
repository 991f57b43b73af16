package dev.weir.template.jinja.syntax;

import dev.weir.template.Source;
import dev.weir.template.TemplateException;
import dev.weir.template.jinja.syntax.Stmt.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** Finds what the grammar allows and the language does not: unknown filters and tests, and more. */
final class Checks {

  /** Operators, calls and brackets inside each other. */
  private static final int DEEPEST = 400;

  private final Source source;
  private final Vocabulary vocabulary;

  Checks(Source source, Vocabulary vocabulary) {
    this.source = source;
    this.vocabulary = vocabulary;
  }

  /** What filters and tests there are. */
  record Vocabulary(Predicate<String> filters, Predicate<String> tests) {}

  private record Deep(Expr expression, int depth) {}

  void all(List<Stmt> statements) throws TemplateException {
    for (Stmt statement : statements) {
      for (Expr expression : statement.expressions()) {
        expression(expression);
      }
      special(statement);
      all(statement.statements());
    }
  }

  /** Without recursion: how deep an expression is, is only found here. */
  private void expression(Expr whole) throws TemplateException {
    Deque<Deep> open = new ArrayDeque<>(List.of(new Deep(whole, 1)));
    while (!open.isEmpty()) {
      Deep next = open.pop();
      if (next.depth() > DEEPEST) {
        throw error(whole.at(), "this expression is more than " + DEEPEST + " operators deep");
      }
      known(next.expression());
      List<Expr> children = next.expression().children();
      for (Expr child : children.reversed()) {
        open.push(new Deep(child, next.depth() + 1));
      }
    }
  }

  private void known(Expr expression) throws TemplateException {
    if (expression instanceof Expr.Filter filter && !vocabulary.filters().test(filter.name())) {
      throw error(filter.at(), "no filter is called '" + filter.name() + "'");
    }
    if (expression instanceof Expr.Test test && !vocabulary.tests().test(test.name())) {
      throw error(test.at(), "no test is called '" + test.name() + "'");
    }
  }

  private void special(Stmt statement) throws TemplateException {
    if (statement instanceof Stmt.For loop) {
      loopVariable(loop.target());
      noLoopVariable(loop.body());
      noLoopVariable(loop.otherwise());
    }
  }

  private void noLoopVariable(List<Stmt> statements) throws TemplateException {
    for (Stmt statement : statements) {
      if (statement instanceof Stmt.Assign assign) {
        loopVariable(assign.target());
      } else if (statement instanceof Stmt.AssignBlock block) {
        loopVariable(block.target());
      }
      noLoopVariable(statement.statements());
    }
  }

  private void loopVariable(Target target) throws TemplateException {
    switch (target) {
      case Target.Variable variable -> {
        if (variable.name().equals("loop")) {
          throw error(variable.at(), "'loop' cannot be assigned to inside a loop");
        }
      }
      case Target.Member _ -> {}
      case Target.Unpacked unpacked -> {
        for (Target each : unpacked.targets()) {
          loopVariable(each);
        }
      }
    }
  }

  private TemplateException error(int at, String message) {
    return Mistake.at(source, at, message);
  }
}

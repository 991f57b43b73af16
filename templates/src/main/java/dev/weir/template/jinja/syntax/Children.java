package dev.weir.template.jinja.syntax;

import dev.weir.template.jinja.syntax.Expr.Arguments;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What expressions and statements consist of. */
public final class Children {

  private Children() {}

  /** The expressions directly inside an expression, in the order in which they are written. */
  public static List<Expr> of(Expr expression) {
    return switch (expression) {
      case Expr.Constant _, Expr.Name _, Expr.Body _ -> List.of();
      case Expr.ListOf list -> list.items();
      case Expr.TupleOf tuple -> tuple.items();
      case Expr.DictOf dict -> {
        List<Expr> all = new ArrayList<>();
        dict.pairs().forEach(pair -> all.addAll(List.of(pair.key(), pair.value())));
        yield all;
      }
      case Expr.Unary unary -> List.of(unary.operand());
      case Expr.Binary binary -> List.of(binary.left(), binary.right());
      case Expr.Concat concat -> concat.parts();
      case Expr.And and -> List.of(and.left(), and.right());
      case Expr.Or or -> List.of(or.left(), or.right());
      case Expr.Compare compare -> {
        List<Expr> all = new ArrayList<>(List.of(compare.first()));
        compare.rest().forEach(comparand -> all.add(comparand.operand()));
        yield all;
      }
      case Expr.Choice choice -> with(List.of(choice.test(), choice.then()), choice.otherwise());
      case Expr.Attribute attribute -> List.of(attribute.object());
      case Expr.Item item -> List.of(item.object(), item.key());
      case Expr.SliceOf slice ->
          with(with(with(List.of(), slice.start()), slice.stop()), slice.step());
      case Expr.Call call -> called(call.callee(), call.arguments());
      case Expr.Filter filter -> called(filter.operand(), filter.arguments());
      case Expr.Test test -> called(test.operand(), test.arguments());
    };
  }

  private static List<Expr> called(Expr operand, Arguments arguments) {
    List<Expr> all = new ArrayList<>(List.of(operand));
    all.addAll(arguments.positional());
    arguments.named().forEach(named -> all.add(named.value()));
    return with(with(all, arguments.rest()), arguments.namedRest());
  }

  private static List<Expr> with(List<Expr> expressions, Optional<Expr> more) {
    List<Expr> all = new ArrayList<>(expressions);
    more.ifPresent(all::add);
    return all;
  }

  /** The expressions directly in the tags of a statement. */
  public static List<Expr> expressions(Stmt statement) {
    return switch (statement) {
      case Stmt.Data _ -> List.of();
      case Stmt.Output output -> List.of(output.value());
      case Stmt.For loop -> with(List.of(loop.items()), loop.test());
      case Stmt.If condition -> condition.branches().stream().map(Stmt.Branch::test).toList();
      case Stmt.Assign assign -> List.of(assign.value());
      case Stmt.AssignBlock block -> List.of(block.value());
      case Stmt.With with -> with.bindings().stream().map(Stmt.Binding::value).toList();
      case Stmt.FilterBlock filter -> List.of(filter.value());
      case Stmt.MacroDefinition macro -> defaults(macro.parameters());
      case Stmt.CallBlock call -> {
        List<Expr> all = new ArrayList<>(List.of(call.call()));
        all.addAll(defaults(call.parameters()));
        yield all;
      }
    };
  }

  private static List<Expr> defaults(List<Stmt.Parameter> parameters) {
    return parameters.stream().flatMap(parameter -> parameter.byDefault().stream()).toList();
  }

  /** The statements directly inside a statement. */
  public static List<Stmt> statements(Stmt statement) {
    return switch (statement) {
      case Stmt.Data _, Stmt.Output _, Stmt.Assign _ -> List.of();
      case Stmt.For loop -> {
        List<Stmt> all = new ArrayList<>(loop.body());
        all.addAll(loop.otherwise());
        yield all;
      }
      case Stmt.If condition -> {
        List<Stmt> all = new ArrayList<>();
        condition.branches().forEach(branch -> all.addAll(branch.body()));
        all.addAll(condition.otherwise());
        yield all;
      }
      case Stmt.AssignBlock block -> block.body();
      case Stmt.With with -> with.body();
      case Stmt.FilterBlock filter -> filter.body();
      case Stmt.MacroDefinition macro -> macro.body();
      case Stmt.CallBlock call -> call.body();
    };
  }
}

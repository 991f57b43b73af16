package dev.weir.template.jinja.run;

import dev.weir.template.Bool;
import dev.weir.template.MapValue;
import dev.weir.template.Null;
import dev.weir.template.Text;
import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Arguments;
import dev.weir.template.jinja.syntax.Expr;
import dev.weir.template.jinja.syntax.ExprVisitor;
import dev.weir.template.jinja.value.Args;
import dev.weir.template.jinja.value.Arithmetic;
import dev.weir.template.jinja.value.Failure;
import dev.weir.template.jinja.value.Items;
import dev.weir.template.jinja.value.Iterate;
import dev.weir.template.jinja.value.PyDict;
import dev.weir.template.jinja.value.PyList;
import dev.weir.template.jinja.value.Show;
import dev.weir.template.jinja.value.Truth;
import dev.weir.template.jinja.value.Tuple;
import dev.weir.template.jinja.value.Types;
import dev.weir.template.jinja.value.Undefined;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Works out expressions. */
final class Evaluator implements ExprVisitor<Scope, Value> {

  private final Context context;
  private final Scope.Data data;

  Evaluator(Context context, Scope.Data data) {
    this.context = context;
    this.data = data;
  }

  Context context() {
    return context;
  }

  /** The value of an expression; a failure gets the place of the expression. */
  Value value(Expr expression, Scope scope) {
    try {
      return evaluate(expression, scope);
    } catch (Failure failure) {
      failure.happenedAt(expression.at());
      throw failure;
    }
  }

  boolean isTrue(Expr expression, Scope scope) {
    Value value = value(expression, scope);
    try {
      return Truth.of(value);
    } catch (Failure failure) {
      failure.happenedAt(expression.at());
      throw failure;
    }
  }

  private Value evaluate(Expr expression, Scope scope) {
    context.budget().step();
    return expression.accept(this, scope);
  }

  @Override
  public Value constant(Expr.Constant constant, Scope scope) {
    return constant.value();
  }

  @Override
  public Value name(Expr.Name name, Scope scope) {
    Value found = scope.find(name.name(), data);
    return found == null ? context.undefined("'" + name.name() + "' is undefined") : found;
  }

  @Override
  public Value body(Expr.Body body, Scope scope) {
    Value text = scope.body();
    if (text == null) {
      throw new IllegalStateException("no block has been put together");
    }
    return text;
  }

  @Override
  public Value list(Expr.ListOf list, Scope scope) {
    return new PyList(values(list.items(), scope));
  }

  @Override
  public Value tuple(Expr.TupleOf tuple, Scope scope) {
    return new Tuple(values(tuple.items(), scope));
  }

  @Override
  public Value dict(Expr.DictOf dict, Scope scope) {
    PyDict result = new PyDict();
    for (Expr.Pair pair : dict.pairs()) {
      result.put(value(pair.key(), scope), value(pair.value(), scope));
    }
    return result;
  }

  @Override
  public Value unary(Expr.Unary unary, Scope scope) {
    return switch (unary.operator()) {
      case NOT -> Bool.of(!isTrue(unary.operand(), scope));
      case MINUS -> Arithmetic.negated(value(unary.operand(), scope));
      case PLUS -> Arithmetic.positive(value(unary.operand(), scope));
    };
  }

  @Override
  public Value binary(Expr.Binary binary, Scope scope) {
    return context
        .arithmetic()
        .apply(binary.operator(), value(binary.left(), scope), value(binary.right(), scope));
  }

  @Override
  public Value and(Expr.And and, Scope scope) {
    Value left = value(and.left(), scope);
    return Truth.of(left) ? value(and.right(), scope) : left;
  }

  @Override
  public Value or(Expr.Or or, Scope scope) {
    Value left = value(or.left(), scope);
    return Truth.of(left) ? left : value(or.right(), scope);
  }

  @Override
  public Value compare(Expr.Compare compare, Scope scope) {
    Value left = value(compare.first(), scope);
    for (Expr.Comparand next : compare.rest()) {
      Value right = value(next.operand(), scope);
      if (!Comparisons.hold(next.comparison(), left, right)) {
        return Bool.FALSE;
      }
      left = right;
    }
    return Bool.TRUE;
  }

  @Override
  public Value concat(Expr.Concat concat, Scope scope) {
    StringBuilder joined = new StringBuilder();
    for (Expr part : concat.parts()) {
      String text = Show.str(value(part, scope));
      context.budget().reserve(text.length());
      joined.append(text);
    }
    return Text.of(joined.toString());
  }

  @Override
  public Value choice(Expr.Choice choice, Scope scope) {
    if (isTrue(choice.test(), scope)) {
      return value(choice.then(), scope);
    }
    Optional<Expr> otherwise = choice.otherwise();
    return otherwise.isPresent()
        ? value(otherwise.get(), scope)
        : new Undefined(
            Undefined.Mode.DEFAULT,
            "the inline if-expression evaluated to false and no else section was defined");
  }

  @Override
  public Value attribute(Expr.Attribute attribute, Scope scope) {
    return context.attribute(value(attribute.object(), scope), attribute.name());
  }

  @Override
  public Value item(Expr.Item item, Scope scope) {
    Value object = value(item.object(), scope);
    if (item.key() instanceof Expr.SliceOf slice) {
      return Items.slice(
          object,
          bound(slice.start(), scope),
          bound(slice.stop(), scope),
          bound(slice.step(), scope));
    }
    return context.item(object, value(item.key(), scope));
  }

  @Override
  public Value slice(Expr.SliceOf slice, Scope scope) {
    throw new Failure("a slice cannot stand beside another key: " + slice.at());
  }

  @Override
  public Value call(Expr.Call call, Scope scope) {
    return context.call(value(call.callee(), scope), arguments(call, scope));
  }

  @Override
  public Value filter(Expr.Filter filter, Scope scope) {
    return context.filter(
        filter.name(), value(filter.operand(), scope), arguments(filter.arguments(), scope));
  }

  @Override
  public Value test(Expr.Test test, Scope scope) {
    return Bool.of(
        context.test(
            test.name(), value(test.operand(), scope), arguments(test.arguments(), scope)));
  }

  private Value bound(Optional<Expr> expression, Scope scope) {
    return expression.isPresent() ? value(expression.get(), scope) : Null.NULL;
  }

  private List<Value> values(List<Expr> expressions, Scope scope) {
    List<Value> values = new ArrayList<>(expressions.size());
    for (Expr expression : expressions) {
      values.add(value(expression, scope));
    }
    return values;
  }

  Args arguments(Expr.Call call, Scope scope) {
    return arguments(call.arguments(), scope);
  }

  private Args arguments(Arguments arguments, Scope scope) {
    if (arguments.isEmpty()) {
      return Args.NONE;
    }
    List<Value> positional = values(arguments.positional(), scope);
    Map<String, Value> named = new LinkedHashMap<>();
    for (Arguments.Named argument : arguments.named()) {
      name(named, argument.name(), value(argument.value(), scope));
    }
    if (arguments.rest().isPresent()) {
      positional.addAll(Iterate.all(value(arguments.rest().get(), scope), context.budget()));
    }
    if (arguments.namedRest().isPresent()) {
      spread(named, value(arguments.namedRest().get(), scope));
    }
    return new Args(positional, named);
  }

  private static void name(Map<String, Value> named, String name, Value value) {
    if (named.put(name, value) != null) {
      throw new Failure("got multiple values for keyword argument '" + name + "'");
    }
  }

  private static void spread(Map<String, Value> named, Value given) {
    if (!(given instanceof MapValue map)) {
      throw new Failure("argument after ** must be a mapping, not " + Types.name(given));
    }
    for (Map.Entry<Value, Value> entry : map.entries()) {
      if (!Types.isText(entry.getKey())) {
        throw new Failure("keywords must be strings");
      }
      name(named, Types.text(entry.getKey()), entry.getValue());
    }
  }
}

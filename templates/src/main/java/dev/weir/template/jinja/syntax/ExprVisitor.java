package dev.weir.template.jinja.syntax;

/**
 * Deals with each kind of expression.
 *
 * <p>A switch over types would say the same. Its first run in a JVM costs most of a millisecond,
 * and one that runs for every node of a template is several times slower until it is compiled.
 *
 * @param <C> what it works with
 * @param <R> what it gives
 */
public interface ExprVisitor<C, R> {
  R constant(Expr.Constant constant, C context);

  R name(Expr.Name name, C context);

  R body(Expr.Body body, C context);

  R list(Expr.ListOf list, C context);

  R tuple(Expr.TupleOf tuple, C context);

  R dict(Expr.DictOf dict, C context);

  R unary(Expr.Unary unary, C context);

  R binary(Expr.Binary binary, C context);

  R concat(Expr.Concat concat, C context);

  R and(Expr.And and, C context);

  R or(Expr.Or or, C context);

  R compare(Expr.Compare compare, C context);

  R choice(Expr.Choice choice, C context);

  R attribute(Expr.Attribute attribute, C context);

  R item(Expr.Item item, C context);

  R slice(Expr.SliceOf slice, C context);

  R call(Expr.Call call, C context);

  R filter(Expr.Filter filter, C context);

  R test(Expr.Test test, C context);
}

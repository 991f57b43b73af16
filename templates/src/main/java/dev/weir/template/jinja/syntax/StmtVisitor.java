package dev.weir.template.jinja.syntax;

/**
 * Deals with each kind of statement.
 *
 * <p>No switch over types, for the reason that {@link ExprVisitor} gives.
 *
 * @param <C> what it works with
 */
public interface StmtVisitor<C> {
  void data(Stmt.Data data, C context);

  void output(Stmt.Output output, C context);

  void loop(Stmt.For loop, C context);

  void condition(Stmt.If condition, C context);

  void assign(Stmt.Assign assign, C context);

  void assignBlock(Stmt.AssignBlock assignBlock, C context);

  void with(Stmt.With with, C context);

  void filterBlock(Stmt.FilterBlock filterBlock, C context);

  void macro(Stmt.MacroDefinition macro, C context);

  void callBlock(Stmt.CallBlock callBlock, C context);
}

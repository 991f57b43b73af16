package dev.weir.template.jinja.syntax;

/** An arithmetic operator with two operands. */
public enum BinaryOperator {
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

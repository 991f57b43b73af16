package dev.weir.template.jinja.syntax;

/** An operator with one operand. */
public enum UnaryOperator {
  MINUS,
  PLUS,
  NOT
}

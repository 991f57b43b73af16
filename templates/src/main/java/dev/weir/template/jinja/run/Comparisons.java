package dev.weir.template.jinja.run;

import dev.weir.template.Value;
import dev.weir.template.jinja.syntax.Comparison;
import dev.weir.template.jinja.value.Compare;

/** The comparison operators. */
final class Comparisons {

  private Comparisons() {}

  static boolean hold(Comparison comparison, Value left, Value right) {
    return switch (comparison) {
      case EQUAL -> Compare.equal(left, right);
      case NOT_EQUAL -> !Compare.equal(left, right);
      case IN -> Compare.contains(right, left);
      case NOT_IN -> !Compare.contains(right, left);
      case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> ordered(comparison, left, right);
    };
  }

  /** Not-a-number is neither before nor after anything. */
  private static boolean ordered(Comparison comparison, Value left, Value right) {
    int order = Compare.order(left, right, comparison.symbol());
    if (Compare.isNan(left) || Compare.isNan(right)) {
      return false;
    }
    return switch (comparison) {
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
      case EQUAL, NOT_EQUAL, IN, NOT_IN -> throw new IllegalArgumentException("no order");
    };
  }
}

package dev.weir.template.jinja.value;

import dev.weir.template.LimitExceeded;

/** A run used up one of its limits. */
public final class Exhausted extends RuntimeException {
  private static final long serialVersionUID = 1;

  Exhausted(LimitExceeded cause) {
    super(cause.getMessage(), cause, false, false);
  }
}

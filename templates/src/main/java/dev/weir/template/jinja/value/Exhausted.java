package dev.weir.template.jinja.value;

import dev.weir.template.LimitExceeded;

/** A run used up one of its limits. It gets its place from the innermost statement. */
public final class Exhausted extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int NOWHERE = -1;

  private int at = NOWHERE;

  Exhausted(LimitExceeded cause) {
    super(cause.getMessage(), cause, false, false);
  }

  /** Says where it happened, unless that was said already. */
  public void happenedAt(int offset) {
    if (at == NOWHERE) {
      at = offset;
    }
  }

  /** The offset in the template; its start where nobody said any. */
  public int at() {
    return Math.max(at, 0);
  }
}

package dev.weir.template.jinja.value;

/**
 * An expression has no value; the message is one line for the user. It gets its place from the
 * innermost expression that it comes through.
 */
public class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;
  private static final int NOWHERE = -1;

  private int at = NOWHERE;

  /** A failure with what went wrong, in Python's words. */
  public Failure(String message) {
    super(message, null, false, false);
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

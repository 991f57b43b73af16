package dev.weir.template.jinja.value;

/**
 * What a name, attribute or item leads to that does not exist.
 *
 * @param mode what may still be done with it
 * @param message the error when more is done
 */
public record Undefined(Mode mode, String message) implements PyValue {
  /** How undefined values behave. */
  public enum Mode {
    /** Prints as nothing, is false and empty; all else is an error. */
    DEFAULT,
    /** Only the test {@code defined} and the filter {@code default} are no errors. */
    STRICT
  }

  /** The error that says what is undefined. */
  public Failure failure() {
    return new UndefinedFailure(message);
  }

  /** Fails where even looking is an error. */
  public void look() {
    if (mode == Mode.STRICT) {
      throw failure();
    }
  }

  /** A failure because of an undefined value, which filters with a default do not catch. */
  static final class UndefinedFailure extends Failure {
    private static final long serialVersionUID = 1;

    UndefinedFailure(String message) {
      super(message);
    }
  }
}

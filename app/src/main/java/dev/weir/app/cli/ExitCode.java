package dev.weir.app.cli;

/** What a command's exit code says. */
public enum ExitCode {
  /** Done. */
  DONE(0),
  /** It was tried and did not work out. */
  FAILED(1),
  /** Wrong usage, or a configuration that cannot be used. */
  USAGE(2),
  /** What is differs from what shall be. */
  DIFFERS(3),
  /** Guard, floor, role or pause do not allow it. */
  REFUSED(4),
  /** It did not happen in time. */
  TIMED_OUT(5),
  /** No answer from Weir. */
  NO_ANSWER(6);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}

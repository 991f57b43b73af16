package dev.weir.app.cli;

import java.io.PrintWriter;
import java.util.Optional;

/** A command cannot do what it was asked: what to print, and the exit code. */
public final class CommandFailed extends Exception {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;
  private final transient Optional<String> hint;

  /** A failure that speaks for itself. */
  public CommandFailed(ExitCode exitCode, String message) {
    this(exitCode, message, Optional.empty());
  }

  /**
   * @param hint what to do
   */
  public CommandFailed(ExitCode exitCode, String message, Optional<String> hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  /**
   * Tells it people.
   *
   * @param where before what is told: where it failed, or nothing
   */
  void tell(PrintWriter err, String where) {
    err.println("weir: " + Terminal.safe(where + getMessage()));
    hint.ifPresent(text -> err.println("hint: " + Terminal.safe(text)));
  }

  /** How the command ends. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** What to do. */
  public Optional<String> hint() {
    return hint;
  }
}

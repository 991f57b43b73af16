package dev.weir.publish;

import java.time.Duration;

/** How a program that was run ended. */
public sealed interface ProgramResult {

  /** Why it did not do what it was run for, in one line, with what it said itself. */
  default String trouble() {
    return switch (this) {
      case Exited exited -> {
        String said = exited.output().text();
        yield "exit code %d%s".formatted(exited.code(), said.isEmpty() ? "" : ", " + said);
      }
      case TimedOut timedOut -> "no end within %ds".formatted(timedOut.after().toSeconds());
      case NotStarted notStarted -> notStarted.reason();
    };
  }

  /** What it wrote to standard output and error, at most the bounds of {@link Programs}. */
  record Output(String out, String err) {

    /** Both, standard error first. */
    public String text() {
      return (err + out).strip();
    }
  }

  /** It ended by itself. */
  record Exited(int code, Output output) implements ProgramResult {

    public boolean succeeded() {
      return code == 0;
    }
  }

  /** It was killed, with all that it had started, when its time was over. */
  record TimedOut(Duration after, Output output) implements ProgramResult {}

  /**
   * It could not be started.
   *
   * @param reason one line for people
   */
  record NotStarted(String reason) implements ProgramResult {}
}

package dev.weir.app.cli;

import java.time.Duration;

/** Waiting between two looks. */
final class Nap {

  private Nap() {}

  /** Waits so long. */
  static void of(Duration pause) throws CommandFailed {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(ExitCode.FAILED, "interrupted");
    }
  }
}

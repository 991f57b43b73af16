package dev.weir.publish;

import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.ProgramResult.NotStarted;
import dev.weir.publish.ProgramResult.Output;
import dev.weir.publish.ProgramResult.TimedOut;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs, bounded: no longer than their time, no more output than 64 KiB each of standard
 * output and error (the rest is read and dropped), no input, and nothing of them survives.
 */
public final class Programs {

  static final int MOST_OUTPUT_BYTES = 64 * 1024;

  /** How long output may still come after the program ended, from children that it left behind. */
  private static final Duration LAST_WORDS = Duration.ofMillis(200);

  private Programs() {}

  /**
   * Runs a program and waits for its end.
   *
   * @param command the program and its arguments; no shell is involved
   * @param most after so long it is killed with all that it has started
   * @throws InterruptedException after it was killed likewise
   */
  public static ProgramResult run(List<String> command, Duration most) throws InterruptedException {
    Process process;
    try {
      process = new ProcessBuilder(command).start();
    } catch (IOException e) {
      return new NotStarted(String.valueOf(e.getMessage()));
    }
    Drain out = Drain.start(process.getInputStream());
    Drain err = Drain.start(process.getErrorStream());
    try {
      process.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // it ended before its input was closed; its exit code tells
    }
    try {
      boolean ended = process.waitFor(most.toNanos(), TimeUnit.NANOSECONDS);
      if (!ended) {
        killTree(process.toHandle());
      }
      Output output = new Output(out.text(LAST_WORDS), err.text(LAST_WORDS));
      return ended ? new Exited(process.exitValue(), output) : new TimedOut(most, output);
    } catch (InterruptedException e) {
      killTree(process.toHandle());
      throw e;
    }
  }

  /** Kills a process and all that it has started. */
  static void killTree(ProcessHandle process) {
    List<ProcessHandle> tree = process.descendants().toList();
    process.destroyForcibly();
    tree.forEach(ProcessHandle::destroyForcibly);
  }
}

package dev.weir.app.api;

import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.spi.StoreException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes decisions one request at a time, so that what a request was checked against is still so
 * when it is carried out. Safe for any thread.
 */
final class Decisions {

  private final Commands commands;
  private final ReentrantLock turn = new ReentrantLock();

  Decisions(Commands commands) {
    this.commands = commands;
  }

  /** Looks whether a request may be carried out, as things are now. */
  @FunctionalInterface
  interface Condition {
    void check() throws ApiProblem;
  }

  /** Holds always. */
  static void none() {}

  /**
   * Carries a command out, if the condition holds.
   *
   * @return the first generation that has it
   */
  long take(Condition condition, Command command)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    turn.lockInterruptibly();
    try {
      condition.check();
      return commands.submit(command);
    } finally {
      turn.unlock();
    }
  }
}

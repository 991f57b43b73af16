package dev.weir.app.api;

import dev.weir.engine.keeper.Command;
import dev.weir.engine.keeper.Refused;
import dev.weir.spi.StoreException;
import java.util.List;
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
   * Carries commands out in their order, if the condition holds.
   *
   * @return the first generation that has them all
   */
  long take(Condition condition, List<Command> all)
      throws ApiProblem, Refused, StoreException, InterruptedException {
    turn.lockInterruptibly();
    try {
      condition.check();
      long generation = 0;
      for (Command command : all) {
        generation = commands.submit(command);
      }
      return generation;
    } finally {
      turn.unlock();
    }
  }
}

package dev.weir.engine.run;

import java.time.Duration;
import java.util.Optional;

/**
 * Work done in steps, each at its time: what a loop repeats on a thread and a test calls by hand.
 */
public interface Pulse {

  /**
   * Does what is due.
   *
   * @return when it wants to be called again, zero for at once; absent when it is done for good.
   *     Being called early does no harm
   */
  Optional<Duration> step() throws InterruptedException;

  /** Gives up what it holds; called once, after the last step. */
  default void end() {}
}

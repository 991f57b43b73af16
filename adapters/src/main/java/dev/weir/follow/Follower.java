package dev.weir.follow;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * One conversation with an outside system, from the first question until it fails.
 *
 * @param <T> what the system says, a value
 */
@FunctionalInterface
public interface Follower<T> {

  /**
   * Asks and tells what it finds, again and again; may tell the same more than once.
   *
   * @throws IOException when the system cannot be followed any more, with one line that says why
   * @throws InterruptedException soon after an interrupt, with nothing left open
   */
  void follow(Consumer<T> teller) throws IOException, InterruptedException;
}

package dev.weir.engine.keeper;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A command on its way: tells when it is part of the inputs. Safe for any thread. */
public final class Ticket {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch taken = new CountDownLatch(1);
  private volatile long generation; // written once, before the latch opens

  Ticket() {}

  /** The first generation of inputs that has it; absent while there is none. */
  public OptionalLong generation() {
    return taken.getCount() == 0 ? OptionalLong.of(generation) : OptionalLong.empty();
  }

  /**
   * Waits until it is part of the inputs.
   *
   * @throws IllegalStateException when that takes longer than 30 seconds: the keeper hangs
   */
  public long await() throws InterruptedException {
    if (!taken.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "the keeper has not taken a command for 30 s (expected: milliseconds); it is stored");
    }
    return generation;
  }

  void taken(long inGeneration) {
    generation = inGeneration;
    taken.countDown();
  }
}

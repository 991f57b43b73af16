package dev.weir.engine.run;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** What happens when a task of a group dies of an exception. */
public sealed interface OnDeath {

  /**
   * It is started again after a while, and the group shows it.
   *
   * @param random for the waits; safe for any thread
   */
  record Restart(Backoff.Limits limits, RandomGenerator random) implements OnDeath {

    private static final Backoff.Limits USUAL =
        new Backoff.Limits(Duration.ofMillis(500), Duration.ofSeconds(30), Duration.ofMinutes(1));

    /** After 0.5 s at first and 30 s at most; a minute without a death begins anew. */
    public Restart(RandomGenerator random) {
      this(USUAL, random);
    }
  }

  /**
   * It stays dead and this is told, with the task's name: for tasks that the process is nothing
   * without.
   */
  record Report(BiConsumer<String, Throwable> handler) implements OnDeath {}
}

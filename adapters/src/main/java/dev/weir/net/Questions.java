package dev.weir.net;

import org.jspecify.annotations.Nullable;

/**
 * Counts what outside systems are asked for a source: every request, command or reading of a file.
 * The counter goes with a thread and with those that it starts, so that a conversation that several
 * sources share counts for the one that began it, and all counters together are what was asked.
 */
public final class Questions {

  private static final InheritableThreadLocal<@Nullable Runnable> COUNTER =
      new InheritableThreadLocal<>();

  private Questions() {}

  /**
   * From now on what this thread asks is counted, and what threads ask that it starts.
   *
   * @param counter called for each question; any thread may
   */
  public static void countedBy(Runnable counter) {
    COUNTER.set(counter);
  }

  /** Something is asked now. */
  public static void asked() {
    Runnable counter = COUNTER.get();
    if (counter != null) {
      counter.run();
    }
  }
}

package dev.weir.engine.run;

import dev.weir.spi.Time;
import java.time.Duration;
import java.util.Optional;

/** Gives pulses their beat: in production a virtual thread for each. */
@FunctionalInterface
public interface Runner {

  /** Repeats the pulse's steps from now on, the first at once, until it is done or stopped. */
  Running start(String name, Pulse pulse);

  /** Something that goes on until it is stopped. */
  @FunctionalInterface
  interface Running {
    /** Ends it soon, without waiting for that; nothing happens where it has ended. */
    void stop();
  }

  /**
   * A thread of the group for each pulse; after a death the next step follows as the group says.
   */
  static Runner onThreads(TaskGroup tasks, Time time) {
    return (name, pulse) -> tasks.start(name, () -> beat(pulse, time));
  }

  private static void beat(Pulse pulse, Time time) throws InterruptedException {
    try {
      Optional<Duration> next = pulse.step();
      while (next.isPresent()) {
        time.sleep(next.get());
        next = pulse.step();
      }
    } catch (InterruptedException e) {
      pulse.end();
      throw e;
    }
    pulse.end();
  }
}

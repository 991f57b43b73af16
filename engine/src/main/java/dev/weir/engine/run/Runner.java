package dev.weir.engine.run;

import dev.weir.spi.Time;

/** Gives pulses their beat: in production a virtual thread for each. */
@FunctionalInterface
public interface Runner {

  /** Repeats the pulse's steps from now on, the first at once, until it is stopped. */
  Running start(String name, Pulse pulse);

  /** Something that goes on until it is stopped. */
  @FunctionalInterface
  interface Running {
    /** Ends it soon, without waiting for that; nothing happens where it has ended. */
    void stop();
  }

  /** A thread of the group for each pulse. */
  static Runner onThreads(TaskGroup tasks, Time time) {
    return (name, pulse) ->
        tasks.start(
            name,
            () -> {
              try {
                while (true) {
                  time.sleep(pulse.step());
                }
              } finally {
                pulse.end();
              }
            });
  }
}

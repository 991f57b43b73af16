package dev.weir.engine.run;

import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * Gives pulses their beat on the calling thread and on manual time; of those that are due together,
 * the random decides which comes first.
 */
public final class SteppedRunner implements Runner {
  private final ManualTime time;
  private final RandomGenerator random;
  private final List<Beating> beating = new ArrayList<>();

  private static final class Beating {
    private final Pulse pulse;
    private long dueNanos;
    private boolean stopped;

    Beating(Pulse pulse, long dueNanos) {
      this.pulse = pulse;
      this.dueNanos = dueNanos;
    }
  }

  public SteppedRunner(ManualTime time, RandomGenerator random) {
    this.time = time;
    this.random = random;
  }

  @Override
  public Running start(String name, Pulse pulse) {
    Beating it = new Beating(pulse, time.nanos());
    beating.add(it);
    return () -> {
      if (!it.stopped) {
        it.stopped = true;
        beating.remove(it);
        pulse.end();
      }
    };
  }

  /** When the next pulse is due; absent when there is none. */
  public OptionalLong nextDueNanos() {
    return beating.stream().mapToLong(it -> it.dueNanos).min();
  }

  /** Runs one of the pulses that are due. */
  public boolean stepOne() {
    List<Beating> due = beating.stream().filter(it -> it.dueNanos <= time.nanos()).toList();
    if (due.isEmpty()) {
      return false;
    }
    step(due.get(random.nextInt(due.size())));
    return true;
  }

  /** Moves time on, running each pulse when it is due. */
  public void runFor(Duration duration) {
    long end = time.nanos() + duration.toNanos();
    while (true) {
      while (stepOne()) {
        // each step makes its pulse due later
      }
      long next = nextDueNanos().orElse(Long.MAX_VALUE);
      if (next > end) {
        time.advance(Duration.ofNanos(end - time.nanos()));
        return;
      }
      time.advance(Duration.ofNanos(next - time.nanos()));
    }
  }

  private void step(Beating it) {
    try {
      it.pulse
          .step()
          .ifPresentOrElse(
              wait -> it.dueNanos = time.nanos() + wait.toNanos(),
              () -> {
                it.stopped = true;
                beating.remove(it);
                it.pulse.end();
              });
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the test's thread", e);
    }
  }
}

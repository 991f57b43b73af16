package dev.weir.testkit;

import dev.weir.spi.Checkpoints;
import java.util.ArrayList;
import java.util.List;

/**
 * Checkpoints that record every effect of a driver or store and, when armed, strike before the n-th
 * of them. Used by one thread.
 */
public final class Faults implements Checkpoints {

  /** How a fault strikes. */
  public enum Kind {
    /** The effect fails, as an I/O error would make it. */
    FAIL,
    /** Weir dies: this effect and every later one does not happen. */
    KILL,
    /** The thread is interrupted; the effect itself goes on. */
    INTERRUPT
  }

  /** Weir's death, which nothing may catch; whoever throws it away calls {@link #calm()}. */
  public static final class Killed extends Error {
    private static final long serialVersionUID = 1L;

    Killed(String step) {
      super("killed before " + step);
    }
  }

  private final List<String> steps = new ArrayList<>();
  private int strikeAt;
  private Kind kind = Kind.FAIL;
  private boolean dead;

  /** Forgets what was recorded and lets everything pass. */
  public Faults calm() {
    steps.clear();
    strikeAt = 0;
    dead = false;
    return this;
  }

  /**
   * Forgets what was recorded and strikes once, before the n-th effect from now.
   *
   * @param n 1 is the next effect
   */
  public Faults arm(Kind how, int n) {
    if (n < 1) {
      throw new IllegalArgumentException("n: %d (expected: 1 or more)".formatted(n));
    }
    calm();
    kind = how;
    strikeAt = n;
    return this;
  }

  /** What was announced since it was last calmed or armed, the struck step included. */
  public List<String> steps() {
    return List.copyOf(steps);
  }

  /** Whether the armed fault has struck. */
  public boolean struck() {
    return strikeAt > 0 && steps.size() >= strikeAt;
  }

  @Override
  public void before(String step) {
    if (dead) {
      throw new Killed(step);
    }
    steps.add(step);
    if (steps.size() != strikeAt) {
      return;
    }
    switch (kind) {
      case FAIL -> throw new InjectedFailure(step);
      case KILL -> {
        dead = true;
        throw new Killed(step);
      }
      case INTERRUPT -> Thread.currentThread().interrupt();
    }
  }
}

package dev.weir.template.jinja.value;

import dev.weir.template.Execution;
import dev.weir.template.LimitExceeded;

/** What a run may still use. */
public final class Budget {

  private final Execution execution;

  /** The budget of a run. */
  public Budget(Execution execution) {
    this.execution = execution;
  }

  /** The run. */
  public Execution execution() {
    return execution;
  }

  /** The failure of a run that used up one of its limits. */
  public static RuntimeException exhausted(LimitExceeded over) {
    return new Exhausted(over);
  }

  /** Counts one step. */
  public void step() {
    try {
      execution.step();
    } catch (LimitExceeded over) {
      throw new Exhausted(over);
    }
  }

  /** Goes one level deeper. */
  public void enter() {
    try {
      execution.enter();
    } catch (LimitExceeded over) {
      throw new Exhausted(over);
    }
  }

  /** Comes back from a level. */
  public void leave() {
    execution.leave();
  }

  /** Asks before a text of so many characters, or a list of so many items, is made. */
  public void reserve(long size) {
    try {
      execution.built(size);
    } catch (LimitExceeded over) {
      throw new Exhausted(over);
    }
  }
}

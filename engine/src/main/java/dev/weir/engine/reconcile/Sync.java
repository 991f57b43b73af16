package dev.weir.engine.reconcile;

import dev.weir.model.Plan;
import java.util.Optional;

/** Whether a proxy runs what it shall, and if not, why. */
public sealed interface Sync {

  /**
   * The proxy is not touched yet.
   *
   * @param reason what is waited for, for people
   */
  record Waiting(String reason) implements Sync {}

  /** The proxy itself reported that it runs what it shall. */
  record Reached() implements Sync {}

  /**
   * It does not, or cannot be asked.
   *
   * @param reason for people
   * @param plan what would bring it there; absent where none could be made
   */
  record Behind(String reason, Optional<Plan> plan) implements Sync {}

  /**
   * It does not, and is only looked at.
   *
   * @param plan what would be applied
   * @param text the same for people
   * @param why it is only looked at, for people
   */
  record WouldApply(Plan plan, String text, String why) implements Sync {}
}

package dev.weir.model;

import java.time.Instant;
import java.util.Optional;

/**
 * What a person (or program) decided; it beats health and discovery. For one target there is at
 * most one override of each {@link Slot}; a later one replaces it.
 */
public record OperatorOverride(Target target, Action action, Attribution attribution) {

  /**
   * Who decided, when and why.
   *
   * @param by a user or program, as the interface it came through knows it
   * @param reason as given; absent when none was
   * @param until when it ends by itself; absent for never
   */
  public record Attribution(
      String by, Instant at, Optional<String> reason, Optional<Instant> until) {}

  /** What is decided. */
  public sealed interface Action {}

  /** The member belongs to the pool whether discovery knows it or not. */
  public record Add(Member member) implements Action {}

  /** The member is hidden until it is added again. */
  public record Remove() implements Action {}

  /** No traffic at all. */
  public record Disable() implements Action {}

  /** No new connections. */
  public record Drain() implements Action {}

  /** Traffic whatever its check says, and whatever a wider override decides. */
  public record Pin() implements Action {}

  /** This weight, whatever its source says. */
  public record Weight(int weight) implements Action {
    public Weight {
      Member.checkWeight(weight);
    }
  }

  /** This share of the pool's traffic for each group of its members; the target is the pool. */
  public record Shared(Split split) implements Action {}

  /** Overrides of different slots stand beside each other; in one slot the later one wins. */
  public enum Slot {
    /** Whether it is in the pool: add, remove. */
    MEMBERSHIP,
    /** Whether it takes traffic: disable, drain, pin. */
    STATE,
    WEIGHT,
    /** How the traffic of a pool is shared between groups. */
    SPLIT
  }

  /** The slot of this override. */
  public Slot slot() {
    return switch (action) {
      case Add ignored -> Slot.MEMBERSHIP;
      case Remove ignored -> Slot.MEMBERSHIP;
      case Disable ignored -> Slot.STATE;
      case Drain ignored -> Slot.STATE;
      case Pin ignored -> Slot.STATE;
      case Weight ignored -> Slot.WEIGHT;
      case Shared ignored -> Slot.SPLIT;
    };
  }
}

package dev.weir.engine.resolve;

import dev.weir.model.Member;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolId;
import dev.weir.model.Split;
import dev.weir.model.Target;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of a pool's overrides holds for a member. In one slot the narrower target wins (one member
 * before a selector in the pool before a selector everywhere), then the one set later.
 */
public final class Decrees {
  private final List<OperatorOverride> overrides;

  /**
   * @param overrides oldest first
   */
  public Decrees(List<OperatorOverride> overrides) {
    this.overrides = List.copyOf(overrides);
  }

  /** The override that holds in this slot; absent where none does. */
  public Optional<OperatorOverride> holding(Member member, Slot slot) {
    Optional<OperatorOverride> best = Optional.empty();
    for (OperatorOverride override : overrides) {
      if (override.slot() == slot && override.target().matches(member)) {
        boolean wins =
            best.isEmpty() || narrowness(override.target()) >= narrowness(best.get().target());
        best = wins ? Optional.of(override) : best;
      }
    }
    return best;
  }

  /** How a person wants the traffic of a pool shared; absent where nobody does. */
  public Optional<Split> split(PoolId pool) {
    return overrides.stream()
        .filter(o -> o.target().equals(Target.pool(pool)))
        .flatMap(
            o -> o.action() instanceof OperatorOverride.Shared it ? Stream.of(it) : Stream.of())
        .map(OperatorOverride.Shared::split)
        .reduce((earlier, later) -> later);
  }

  /** Whether a person has taken this member out of traffic. */
  public boolean sidelines(Member member) {
    return holding(member, Slot.STATE)
            .filter(o -> !(o.action() instanceof OperatorOverride.Pin))
            .isPresent()
        || holding(member, Slot.MEMBERSHIP)
            .filter(o -> o.action() instanceof OperatorOverride.Remove)
            .isPresent();
  }

  private static int narrowness(Target target) {
    return switch (target) {
      case Target.One ignored -> 2;
      case Target.InPool ignored -> 1;
      case Target.Everywhere ignored -> 0;
    };
  }
}

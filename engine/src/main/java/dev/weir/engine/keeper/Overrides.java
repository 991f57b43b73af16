package dev.weir.engine.keeper;

import dev.weir.model.Member;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.Target;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The overrides that hold now, in the keeper's hands. Used by one thread. */
final class Overrides {
  private final List<OperatorOverride> overrides; // oldest first

  Overrides(List<OperatorOverride> overrides) {
    this.overrides = new ArrayList<>(overrides);
  }

  void set(OperatorOverride override) {
    drop(override.target(), override.slot());
    overrides.add(override);
  }

  /** The one of a target and slot; absent where there is none. */
  Optional<OperatorOverride> at(Target target, OperatorOverride.Slot slot) {
    return overrides.stream()
        .filter(o -> o.target().equals(target) && o.slot() == slot)
        .findFirst();
  }

  /** Whether there was one. */
  boolean drop(Target target, OperatorOverride.Slot slot) {
    return overrides.removeIf(o -> o.target().equals(target) && o.slot() == slot);
  }

  /** Takes out and returns what has ended by itself. */
  List<OperatorOverride> expire(Instant now) {
    List<OperatorOverride> over =
        overrides.stream().filter(o -> StoredOverrides.expired(o, now)).toList();
    overrides.removeAll(over);
    return over;
  }

  /** When the next one ends by itself; absent when none does. */
  Optional<Instant> nextExpiry() {
    return overrides.stream()
        .flatMap(o -> o.attribution().until().stream())
        .min(Instant::compareTo);
  }

  /** Those that can concern members of a pool, oldest first. */
  List<OperatorOverride> of(PoolId pool) {
    return overrides.stream()
        .filter(o -> o.target().onlyPool().map(pool::equals).orElse(true))
        .toList();
  }

  /** The members that operators have added to a pool, as their list names them. */
  static List<Member> added(List<OperatorOverride> ofPool, SourceName operatorList) {
    List<Member> added = new ArrayList<>();
    for (OperatorOverride override : ofPool) {
      if (override.action() instanceof OperatorOverride.Add add) {
        Member member = add.member();
        added.add(
            new Member(
                member.id(),
                member.name(),
                member.weight(),
                member.backup(),
                member.condition(),
                member.labels(),
                operatorList));
      }
    }
    return added;
  }
}

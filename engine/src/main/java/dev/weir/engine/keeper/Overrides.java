package dev.weir.engine.keeper;

import dev.weir.model.Member;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The overrides that hold now, in the keeper's hands. Used by one thread. */
final class Overrides {
  /** How long before its end somebody is told of it. */
  static final Duration WARNING = Duration.ofMinutes(5);

  private final List<OperatorOverride> overrides; // oldest first
  private final Set<OperatorOverride> warned = new HashSet<>();

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
    warned.removeIf(o -> o.target().equals(target) && o.slot() == slot);
    return overrides.removeIf(o -> o.target().equals(target) && o.slot() == slot);
  }

  /** Takes out and returns what has ended by itself. */
  List<OperatorOverride> expire(Instant now) {
    List<OperatorOverride> over =
        overrides.stream().filter(o -> StoredOverrides.expired(o, now)).toList();
    overrides.removeAll(over);
    over.forEach(warned::remove);
    return over;
  }

  /** Those that end soon and were not returned before; short ones are not worth a warning. */
  List<OperatorOverride> expiring(Instant now) {
    List<OperatorOverride> soon =
        overrides.stream()
            .filter(o -> warning(o).filter(at -> !at.isAfter(now)).isPresent())
            .toList();
    warned.addAll(soon);
    return soon;
  }

  private Optional<Instant> warning(OperatorOverride override) {
    Instant longEnough = override.attribution().at().plus(WARNING).plus(WARNING);
    return override
        .attribution()
        .until()
        .filter(until -> !until.isBefore(longEnough) && !warned.contains(override))
        .map(until -> until.minus(WARNING));
  }

  /** When the next one ends by itself, or is to be warned of; absent when none does. */
  Optional<Instant> nextDue() {
    return overrides.stream()
        .flatMap(o -> Stream.concat(o.attribution().until().stream(), warning(o).stream()))
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

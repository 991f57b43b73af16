package dev.weir.driver.haproxy;

import dev.weir.model.MemberChange;
import dev.weir.model.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What it takes to get several backends' servers to what is wanted.
 *
 * @param all of those that were looked at, in the order of the backends
 */
record MemberDiffs(List<MemberDiff> all) {

  private static final Comparator<MemberChange> BY_POOL_AND_NAME =
      Comparator.comparing(MemberChange::pool).thenComparing(MemberChange::name);

  MemberDiffs {
    all = List.copyOf(all);
  }

  /** Member by member. */
  List<MemberChange> changes() {
    return all.stream().flatMap(diff -> diff.changes().stream()).sorted(BY_POOL_AND_NAME).toList();
  }

  /** Why it takes a reload; empty where commands will do. */
  Set<String> reasons() {
    Set<String> reasons = new LinkedHashSet<>();
    all.forEach(diff -> reasons.addAll(diff.reasons()));
    return reasons;
  }

  /** The commands, first those that bring capacity. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    all.forEach(diff -> steps.addAll(diff.gains()));
    all.forEach(diff -> steps.addAll(diff.losses()));
    return steps;
  }

  /** Of those backends only that need no reload. */
  MemberDiffs withoutReload() {
    return new MemberDiffs(all.stream().filter(diff -> diff.reasons().isEmpty()).toList());
  }
}

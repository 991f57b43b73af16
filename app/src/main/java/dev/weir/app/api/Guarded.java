package dev.weir.app.api;

import dev.weir.engine.resolve.Resolver;
import dev.weir.model.DesiredMember;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses decisions that take too much of a pool: its last ready members, or more of those that
 * nobody has taken out than its {@code max_loss}, or below its {@code floor}. Forced, they are
 * taken all the same.
 */
final class Guarded {

  private final View view;
  private final List<OperatorOverride> wanted;

  /**
   * @param wanted what is to be decided
   */
  Guarded(View view, List<OperatorOverride> wanted) {
    this.view = view;
    this.wanted = List.copyOf(wanted);
  }

  /**
   * Looks at every pool that the decisions concern.
   *
   * @throws ApiProblem saying what would happen
   */
  void check() throws ApiProblem {
    for (PoolInputs pool : view.inputs().pools().values()) {
      List<OperatorOverride> here =
          wanted.stream()
              .filter(o -> o.target().onlyPool().map(pool.id()::equals).orElse(true))
              .toList();
      if (!here.isEmpty()) {
        check(pool, here);
      }
    }
  }

  private void check(PoolInputs pool, List<OperatorOverride> here) throws ApiProblem {
    List<OperatorOverride> after = new ArrayList<>(pool.overrides());
    for (OperatorOverride override : here) {
      after.removeIf(o -> o.target().equals(override.target()) && o.slot() == override.slot());
      after.add(override);
    }
    Set<String> before = ready(pool, pool.overrides());
    Set<String> left = ready(pool, after);
    if (left.size() >= before.size()) {
      return;
    }
    Set<String> untouched =
        ready(pool, pool.overrides().stream().filter(o -> !takesOut(o)).toList());
    int least = Math.max(1, pool.policy().floor());
    double share = (double) (untouched.size() - left.size()) / Math.max(1, untouched.size());
    double limit = pool.policy().guard().maxLoss();
    if (left.size() < least || share > limit) {
      throw problem(pool, before, left)
          .hint(
              "allowed are %d ready members or more, and at most %d%% taken out by operators;"
                      .formatted(least, Math.round(limit * 100))
                  + " force (--force) does it all the same");
    }
  }

  private static ApiProblem problem(PoolInputs pool, Set<String> before, Set<String> left) {
    List<String> taken = before.stream().filter(name -> !left.contains(name)).sorted().toList();
    return new ApiProblem(
            409,
            "guarded",
            "this takes %s out of %s and leaves %d of %d ready members"
                .formatted(String.join(", ", taken), pool.id(), left.size(), before.size()))
        .with("pool", pool.id())
        .with("takes", taken)
        .with("ready_before", before.size())
        .with("ready_after", left.size());
  }

  private static boolean takesOut(OperatorOverride override) {
    return switch (override.action()) {
      case OperatorOverride.Remove ignored -> true;
      case OperatorOverride.Disable ignored -> true;
      case OperatorOverride.Drain ignored -> true;
      case OperatorOverride.Add ignored -> false;
      case OperatorOverride.Pin ignored -> false;
      case OperatorOverride.Weight ignored -> false;
      case OperatorOverride.Shared ignored -> false;
    };
  }

  private Set<String> ready(PoolInputs pool, List<OperatorOverride> overrides) {
    PoolInputs as =
        new PoolInputs(pool.pool(), pool.health(), overrides, pool.resolved(), pool.lastReady());
    return Resolver.resolve(as, Roster.carried(view, pool.id())).members().stream()
        .filter(member -> member.state() == ServerState.READY)
        .map(DesiredMember::name)
        .collect(Collectors.toSet());
  }
}

package dev.weir.engine.health;

import dev.weir.model.PoolId;
import java.util.List;

/**
 * Who is probed: what the keeper tells the prober. Neither method waits for a probe; both are safe
 * for any thread.
 */
public interface Probing {

  /**
   * Probes these members of a pool from now on, and no others. Those that were probed before at the
   * same endpoint go on undisturbed, with their streaks. Without effect for a pool that has no
   * check.
   *
   * @param members in full; empty ends the probing of this pool
   */
  void follow(PoolId pool, List<Candidate> members);

  /**
   * Takes one TCP look at a member of a pool without a check; the answer is {@link
   * ProbeSink#looked}. A member that is being looked at is not looked at twice.
   */
  void look(Candidate member);
}

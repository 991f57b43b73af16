package dev.weir.engine.health;

import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.ProbeResult;

/**
 * Takes what probing finds; called from many threads, never blocks. News of a member that is no
 * longer followed may still arrive and is to be ignored.
 */
public interface ProbeSink {

  /**
   * The conclusion about a member has changed: another kind of {@link Health}, or still down, but
   * now refusing connections, or no longer so.
   *
   * @param health up or down, never unknown
   */
  void concluded(MemberId member, Health health);

  /**
   * The answer to {@link Probing#look}; comes once for each look, within its time-out of a second.
   * Only while our own side is suspected (see {@code checks.suspect}), a look that gets no
   * connection is repeated first.
   */
  void looked(MemberId member, ProbeResult result);
}

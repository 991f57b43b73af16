package dev.weir.engine.reconcile;

import dev.weir.model.Fingerprint;
import dev.weir.model.MemberChange;
import dev.weir.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A state that was applied to a proxy and read back from it.
 *
 * @param number grows by one with each, from 1 at the start of Weir
 * @param generation of the inputs it follows from
 * @param changes member by member, against the revision before
 * @param took from the start of applying until it was read back
 */
public record Revision(
    long number,
    Instant at,
    long generation,
    Fingerprint fingerprint,
    Outcome.Way way,
    List<MemberChange> changes,
    Duration took) {
  public Revision {
    changes = List.copyOf(changes);
  }
}

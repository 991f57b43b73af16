package dev.weir.model;

import java.time.Instant;

/** What probing concluded about a member. */
public sealed interface Health {

  /** No conclusion yet. */
  Unknown UNKNOWN = new Unknown();

  /** No conclusion yet. */
  record Unknown() implements Health {}

  /** The check passes. */
  record Up(Instant since) implements Health {}

  /**
   * The check fails.
   *
   * @param last the result that settled it
   */
  record Down(Instant since, ProbeResult last) implements Health {

    /** Whether it refuses connections, which neither guard nor floor argue with. */
    public boolean refused() {
      return last.kind() == ProbeResult.Kind.REFUSED;
    }
  }
}

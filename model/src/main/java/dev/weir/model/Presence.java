package dev.weir.model;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a member's sources still name it, and what the guards make of the evidence against it.
 */
public sealed interface Presence {

  /** Named by a source. */
  record Present() implements Presence {}

  /**
   * Restored from a catalog too old to be trusted: needs one answer before a proxy that does not
   * know it takes it in.
   *
   * @param seen when its source last named it
   */
  record Remembered(Instant seen) implements Presence {}

  /**
   * Named by a source, fails its check, and the guard does not let that soft evidence take it.
   *
   * @param reason which limit, for people
   */
  record Kept(String reason, Instant since) implements Presence {}

  /**
   * Gone from its sources and still alive; serves on until the members that came with the same
   * report have answered once, at most for the pool's grace.
   *
   * @param evidence why it is believed gone, for people
   * @param relief those that came
   */
  record Outgoing(Evidence strength, String evidence, Instant since, Set<MemberId> relief)
      implements Presence {
    public Outgoing {
      relief = Set.copyOf(relief);
    }
  }

  /**
   * Gone from its sources and still alive: drained, removed when the pool's grace is over.
   *
   * @param evidence why it is believed gone, for people
   */
  record Leaving(Evidence strength, String evidence, Instant since) implements Presence {}

  /**
   * Missing from its sources, and the guard does not let soft evidence take it.
   *
   * @param reason which limit, for people
   * @param until when it is let go at the latest; absent where an operator said to keep it
   * @param relief those that came with the report that lacked it, and after it: the guard judges
   *     anew when one of them answers
   */
  record Held(String reason, Instant since, Optional<Instant> until, Set<MemberId> relief)
      implements Presence {
    public Held {
      relief = Set.copyOf(relief);
    }

    /** Not to be judged anew: an operator said to keep it. */
    public boolean denied() {
      return until.isEmpty();
    }
  }

  /** How strong the word is that a member is gone. */
  enum Evidence {
    /** Merely missing from a report. */
    SOFT,
    /** The source says that it ended, or the member refuses connections. */
    HARD
  }
}

package dev.weir.model;

import java.time.Instant;

/** Whether a member's sources still name it, and if not, what is being done about it. */
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
   * Gone from its sources and still alive: drained, removed when the pool's grace is over.
   *
   * @param evidence why it is believed gone, for people
   */
  record Leaving(Evidence strength, String evidence, Instant since) implements Presence {}

  /**
   * Missing from its sources, and the guard does not let soft evidence take it.
   *
   * @param reason which limit, for people
   */
  record Held(String reason, Instant since) implements Presence {}

  /** How strong the word is that a member is gone. */
  enum Evidence {
    /** Merely missing from a report. */
    SOFT,
    /** The source says that it ended, or the member refuses connections. */
    HARD
  }
}

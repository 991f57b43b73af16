package dev.weir.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one source.
 *
 * @param lastGood its last complete report; absent until it has reported once
 * @param failure why it cannot look now; absent while it can
 */
public record SourceState(SourceName name, Optional<LastGood> lastGood, Optional<Failure> failure) {

  /**
   * The last complete report.
   *
   * @param members sorted by identity
   * @param at when it was received
   * @param fromDisk restored at start and not yet confirmed by the source itself
   */
  public record LastGood(List<Member> members, Instant at, boolean fromDisk) {
    public LastGood {
      members = List.copyOf(members);
    }
  }

  /**
   * @param reason one line for people
   * @param since when it began
   */
  public record Failure(String reason, Instant since) {}

  /** A source that has not said anything yet. */
  public static SourceState unheard(SourceName name) {
    return new SourceState(name, Optional.empty(), Optional.empty());
  }

  /** Whether it has reported itself, in this run of Weir. */
  public boolean heard() {
    return lastGood.map(good -> !good.fromDisk()).orElse(false);
  }
}

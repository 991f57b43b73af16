package dev.weir.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
   * @param resolved on disk: the last good answers for host names among its members; elsewhere
   *     empty
   * @param remarks what people should know besides, as it said itself; from disk empty
   */
  public record LastGood(
      List<Member> members,
      Instant at,
      boolean fromDisk,
      Map<Address.Host, Endpoint.Ip> resolved,
      List<String> remarks) {

    public LastGood {
      members = List.copyOf(members);
      resolved = Map.copyOf(resolved);
      remarks = List.copyOf(remarks);
    }

    /** A report without remarks. */
    public LastGood(
        List<Member> members,
        Instant at,
        boolean fromDisk,
        Map<Address.Host, Endpoint.Ip> resolved) {
      this(members, at, fromDisk, resolved, List.of());
    }

    /** A report without answers for host names. */
    public LastGood(List<Member> members, Instant at, boolean fromDisk) {
      this(members, at, fromDisk, Map.of(), List.of());
    }

    /** The same as it comes back from disk. */
    public LastGood restored() {
      return new LastGood(members, at, true, resolved);
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

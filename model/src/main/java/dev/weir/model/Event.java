package dev.weir.model;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Something that happened.
 *
 * @param subject what it happened to
 * @param message one line for people
 * @param by who caused it; absent when nobody did
 * @param generation of the inputs it belongs to, where there is one
 * @param audit what somebody changed by it; {@link Audit#NONE} where nobody did
 */
public record Event(
    Instant at,
    EventKind kind,
    Subject subject,
    String message,
    Optional<String> by,
    OptionalLong generation,
    Audit audit) {

  /** An event nobody caused, of no particular generation. */
  public static Event of(Instant at, EventKind kind, Subject subject, String message) {
    return new Event(
        at, kind, subject, message, Optional.empty(), OptionalLong.empty(), Audit.NONE);
  }

  public Event inGeneration(long number) {
    return new Event(at, kind, subject, message, by, OptionalLong.of(number), audit);
  }

  /** The same, done by somebody. */
  public Event by(Author author, Change change, Optional<String> reason) {
    return new Event(
        at,
        kind,
        subject,
        message,
        Optional.of(author.name()),
        generation,
        new Audit(author.requestId(), Optional.of(change), reason));
  }

  /**
   * What somebody changed.
   *
   * @param requestId of the request it came with
   * @param reason as given
   */
  public record Audit(
      Optional<String> requestId, Optional<Change> change, Optional<String> reason) {

    /** Nobody changed anything. */
    public static final Audit NONE =
        new Audit(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** What was so before, and what is so after, in a few words each. */
  public record Change(String before, String after) {}

  /** What an event is about; any part may be absent. */
  public record Subject(
      Optional<PoolId> pool,
      Optional<MemberId> member,
      Optional<ProxyName> proxy,
      Optional<SourceName> source) {

    /** Weir itself. */
    public static final Subject WEIR =
        new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static Subject of(PoolId pool) {
      return new Subject(Optional.of(pool), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static Subject of(MemberId member) {
      return new Subject(
          Optional.of(member.pool()), Optional.of(member), Optional.empty(), Optional.empty());
    }

    public static Subject of(ProxyName proxy) {
      return new Subject(Optional.empty(), Optional.empty(), Optional.of(proxy), Optional.empty());
    }

    public static Subject of(SourceName source) {
      return new Subject(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(source));
    }

    public Subject at(ProxyName newProxy) {
      return new Subject(pool, member, Optional.of(newProxy), source);
    }
  }
}

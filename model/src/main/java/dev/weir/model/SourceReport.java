package dev.weir.model;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that a source has to say, in full, each time. "I could not look" can never be mistaken for
 * "there is nothing".
 */
public sealed interface SourceReport {

  /** What it means that a member known before is not in a {@link Complete} report. */
  enum Absence {
    /** Merely missing: soft evidence, subject to the guard. */
    MISSING,
    /** The source's word is final (an operator's own list): hard evidence. */
    ENDED
  }

  /**
   * The source looked and this is everything.
   *
   * @param members in any order; of several with one identity the first wins
   * @param absence what the absence of any other member means
   * @param ended members positively known to have ended, with how (for people): hard evidence
   *     whatever {@code absence} says; a member that is also listed has come back
   * @param remarks what people should know besides, one line each: things that match and cannot be
   *     members, and why
   */
  record Complete(
      List<Member> members, Absence absence, Map<MemberId, String> ended, List<String> remarks)
      implements SourceReport {

    public Complete {
      SortedMap<MemberId, Member> byId = new TreeMap<>();
      members.forEach(member -> byId.putIfAbsent(member.id(), member));
      members = List.copyOf(byId.values());
      ended = Map.copyOf(ended);
      remarks = List.copyOf(remarks);
    }

    /** A report without remarks. */
    public Complete(List<Member> members, Absence absence, Map<MemberId, String> ended) {
      this(members, absence, ended, List.of());
    }

    /** A report in which absence is soft evidence and nothing is known to have ended. */
    public static Complete of(List<Member> members) {
      return new Complete(members, Absence.MISSING, Map.of(), List.of());
    }
  }

  /**
   * The source could not look; nothing is said about its members.
   *
   * @param reason one line for people
   */
  record Unavailable(String reason) implements SourceReport {}
}

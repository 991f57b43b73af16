package dev.weir.model;

import java.util.List;

/**
 * A member and whether its sources still name it.
 *
 * @param member merged from all sources that name it, the first listed wins
 * @param sources all that name it, or named it last, in order of precedence
 */
public record CatalogMember(
    Member member, Presence presence, Standing standing, List<SourceName> sources)
    implements Comparable<CatalogMember> {

  public CatalogMember {
    sources = List.copyOf(sources);
  }

  /** A member that its own source names and that has not answered yet. */
  public static CatalogMember present(Member member) {
    return new CatalogMember(
        member, new Presence.Present(), Standing.KNOWN, List.of(member.source()));
  }

  public MemberId id() {
    return member.id();
  }

  public CatalogMember with(Presence newPresence) {
    return new CatalogMember(member, newPresence, standing, sources);
  }

  public CatalogMember with(Standing newStanding) {
    return new CatalogMember(member, presence, newStanding, sources);
  }

  @Override
  public int compareTo(CatalogMember other) {
    return id().compareTo(other.id());
  }
}

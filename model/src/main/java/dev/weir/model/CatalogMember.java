package dev.weir.model;

import java.util.List;

/**
 * A member and whether its sources still name it.
 *
 * @param member merged from all sources that name it, the first listed wins
 * @param sources all that name it, or named it last, in order of precedence
 */
public record CatalogMember(Member member, Presence presence, List<SourceName> sources)
    implements Comparable<CatalogMember> {

  public CatalogMember {
    sources = List.copyOf(sources);
  }

  public MemberId id() {
    return member.id();
  }

  public CatalogMember with(Presence newPresence) {
    return new CatalogMember(member, newPresence, sources);
  }

  @Override
  public int compareTo(CatalogMember other) {
    return id().compareTo(other.id());
  }
}

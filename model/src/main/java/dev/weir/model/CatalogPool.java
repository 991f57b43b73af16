package dev.weir.model;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What exists of one pool: the union of its sources, with what became of those that left.
 *
 * @param members sorted by identity
 */
public record CatalogPool(PoolDefinition definition, List<CatalogMember> members) {

  public CatalogPool {
    members = List.copyOf(members);
  }

  public PoolId id() {
    return definition.id();
  }

  /** The member of this identity. */
  public Optional<CatalogMember> find(MemberId id) {
    int at =
        Collections.binarySearch(
            members.stream().map(CatalogMember::id).toList(), id);
    return at < 0 ? Optional.empty() : Optional.of(members.get(at));
  }
}

package dev.weir.model;

import java.util.List;
import java.util.Optional;

/**
 * What exists of one pool: the union of its sources, with what became of those that left.
 *
 * @param members sorted by identity
 */
public record CatalogPool(PoolDefinition definition, List<CatalogMember> members) {

  public CatalogPool {
    members = members.stream().sorted().toList();
  }

  public PoolId id() {
    return definition.id();
  }

  /** The member of this identity. */
  public Optional<CatalogMember> find(MemberId id) {
    int low = 0;
    int high = members.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = members.get(middle).id().compareTo(id);
      if (order == 0) {
        return Optional.of(members.get(middle));
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }
}

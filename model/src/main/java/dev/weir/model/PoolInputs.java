package dev.weir.model;

import java.util.List;
import java.util.Map;

/**
 * Everything the decision on one pool rests on. The keeper hands out the same instance until
 * something in it changes, so that work is done only for pools that changed.
 *
 * @param health of members with a check; a member without an entry is unknown
 * @param overrides those whose target can lie in this pool, oldest first
 * @param resolved the last good answer for each host name among the members
 * @param lastReady the members that were ready when any last was, for {@link EmptyPolicy.Keep};
 *     sorted by identity
 */
public record PoolInputs(
    CatalogPool pool,
    Map<MemberId, Health> health,
    List<OperatorOverride> overrides,
    Map<Address.Host, Endpoint.Ip> resolved,
    List<Member> lastReady) {

  public PoolInputs {
    health = Map.copyOf(health);
    overrides = List.copyOf(overrides);
    resolved = Map.copyOf(resolved);
    lastReady = List.copyOf(lastReady);
  }

  public PoolId id() {
    return pool.id();
  }

  public PoolPolicy policy() {
    return pool.definition().policy();
  }

  /** The conclusion for a member, unknown where there is none. */
  public Health healthOf(MemberId id) {
    return health.getOrDefault(id, Health.UNKNOWN);
  }
}

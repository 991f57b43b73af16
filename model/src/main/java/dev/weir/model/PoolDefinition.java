package dev.weir.model;

import java.util.List;
import java.util.Optional;

/**
 * A pool as configured (or reported by a source): its policy and its sources in order of
 * precedence.
 *
 * @param sources the one listed first wins where two differ on a weight
 * @param kind what its members speak
 * @param set the pool set that made it; absent where it is written in the configuration itself
 */
public record PoolDefinition(
    PoolId id,
    PoolPolicy policy,
    List<SourceBinding> sources,
    PoolKind kind,
    Optional<String> set) {

  public PoolDefinition {
    sources = List.copyOf(sources);
  }

  /** A pool that is written in the configuration itself. */
  public PoolDefinition(PoolId id, PoolPolicy policy, List<SourceBinding> sources, PoolKind kind) {
    this(id, policy, sources, kind, Optional.empty());
  }

  /** A pool of HTTP servers that is written in the configuration itself. */
  public PoolDefinition(PoolId id, PoolPolicy policy, List<SourceBinding> sources) {
    this(id, policy, sources, PoolKind.HTTP, Optional.empty());
  }

  /**
   * A source's part in the pool.
   *
   * @param required whether a running proxy stays untouched until this source has reported
   */
  public record SourceBinding(SourceName name, boolean required) {}
}

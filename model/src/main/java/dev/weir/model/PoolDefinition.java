package dev.weir.model;

import java.util.List;

/**
 * A pool as configured (or reported by a source): its policy and its sources in order of
 * precedence.
 *
 * @param sources the one listed first wins where two differ on a weight
 * @param kind what its members speak
 */
public record PoolDefinition(
    PoolId id, PoolPolicy policy, List<SourceBinding> sources, PoolKind kind) {

  public PoolDefinition {
    sources = List.copyOf(sources);
  }

  /** A pool of HTTP servers. */
  public PoolDefinition(PoolId id, PoolPolicy policy, List<SourceBinding> sources) {
    this(id, policy, sources, PoolKind.HTTP);
  }

  /**
   * A source's part in the pool.
   *
   * @param required whether a running proxy stays untouched until this source has reported
   */
  public record SourceBinding(SourceName name, boolean required) {}
}

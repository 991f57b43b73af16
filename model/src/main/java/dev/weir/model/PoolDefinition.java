package dev.weir.model;

import java.util.List;

/**
 * A pool as configured (or reported by a source): its policy and its sources in order of
 * precedence.
 *
 * @param sources the one listed first wins where two differ on a weight
 */
public record PoolDefinition(PoolId id, PoolPolicy policy, List<SourceBinding> sources) {

  public PoolDefinition {
    sources = List.copyOf(sources);
  }

  /**
   * A source's part in the pool.
   *
   * @param required whether a running proxy stays untouched until this source has reported
   */
  public record SourceBinding(SourceName name, boolean required) {}
}

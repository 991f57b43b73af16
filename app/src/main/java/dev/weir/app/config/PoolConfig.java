package dev.weir.app.config;

import dev.weir.model.FoundPool;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy;
import java.util.List;
import java.util.Optional;

/**
 * A pool as configured, with defaults and profile worked in.
 *
 * @param sources in order of precedence
 * @param check how its members are probed; absent where discovery decides
 * @param backup which members take traffic only when no other can, beside those whose source says
 *     so
 * @param kind what its members speak
 * @param surroundings what stands around its members, per kind of proxy
 * @param set the pool set that it is of; absent where it is written in the configuration itself
 */
public record PoolConfig(
    PoolId id,
    PoolPolicy policy,
    List<SourceConfig<?>> sources,
    Optional<CheckConfig<?>> check,
    Optional<LabelSelector> backup,
    PoolKind kind,
    Surroundings surroundings,
    Optional<String> set) {

  public PoolConfig {
    sources = List.copyOf(sources);
  }

  /** What the engine is told of this pool. */
  public PoolDefinition definition() {
    return new PoolDefinition(
        id,
        policy,
        sources.stream().<PoolDefinition.SourceBinding>map(SourceConfig::binding).toList(),
        kind,
        set);
  }

  /** The same as a pool of a set, with what it was found to be. */
  PoolConfig of(String ofSet, PoolId newId, List<SourceConfig<?>> newSources, FoundPool found) {
    Optional<CheckConfig<?>> checked =
        check.map(config -> found.checkPath().<CheckConfig<?>>map(config::at).orElse(config));
    return new PoolConfig(
        newId, policy, newSources, checked, backup, kind, surroundings, Optional.of(ofSet));
  }
}

package dev.weir.model;

import java.util.Map;

/**
 * Everything a decision rests on, at one generation: the only thing a reconciler is given. What
 * time decides (a grace that is over, an override that expired) is already written in.
 *
 * @param generation grows with every change and continues over restarts
 * @param started every member has a first conclusion of its check, or the start limit has passed
 */
public record Inputs(
    long generation,
    boolean started,
    Map<PoolId, PoolInputs> pools,
    Map<SourceName, SourceState> sources) {

  public static final Inputs NONE = new Inputs(0, false, Map.of(), Map.of());

  public Inputs {
    pools = Map.copyOf(pools);
    sources = Map.copyOf(sources);
  }

  /** Whether all that the pool's required sources know is known, from themselves or from disk. */
  public boolean settled(PoolId pool) {
    PoolInputs inputs = pools.get(pool);
    return inputs != null
        && inputs.pool().definition().sources().stream()
            .filter(PoolDefinition.SourceBinding::required)
            .allMatch(binding -> known(binding.name()));
  }

  private boolean known(SourceName name) {
    SourceState state = sources.get(name);
    return state != null && state.lastGood().isPresent();
  }
}

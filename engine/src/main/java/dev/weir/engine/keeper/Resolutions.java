package dev.weir.engine.keeper;

import dev.weir.engine.resolve.Resolution;
import dev.weir.engine.resolve.Resolving;
import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * What follows from each pool's newest inputs, worked out once for all who ask: the keeper, who
 * tells what it means, and every proxy. Only where a member was found in the proxies and has not
 * answered yet does each proxy need an answer of its own. Safe for any thread.
 */
public final class Resolutions implements Resolving {
  private final ConcurrentMap<PoolId, Known> newest = new ConcurrentHashMap<>();

  private record Known(PoolInputs inputs, Resolution resolution) {}

  @Override
  public DesiredPool of(PoolInputs inputs, Map<Endpoint, ServerState> adopted) {
    // locked for as long as it takes: keeper and proxies ask at the same moment
    Known answer = newest.compute(inputs.id(), (id, last) -> of(inputs, last, adopted));
    return answer.resolution().pool();
  }

  /** The same where it has been worked out for all proxies; works nothing out itself. */
  @SuppressWarnings("ReferenceEquality") // the keeper hands out one instance until it changes
  public Optional<DesiredPool> known(PoolInputs inputs) {
    return Optional.ofNullable(newest.get(inputs.id()))
        .filter(last -> last.inputs() == inputs && last.resolution().everywhere())
        .map(last -> last.resolution().pool());
  }

  /** Forgets all other pools. */
  void keepOnly(Set<PoolId> pools) {
    newest.keySet().retainAll(pools);
  }

  @SuppressWarnings("ReferenceEquality") // the keeper hands out one instance until it changes
  private static Known of(
      PoolInputs inputs, @Nullable Known last, Map<Endpoint, ServerState> adopted) {
    return last != null && last.inputs() == inputs && last.resolution().everywhere()
        ? last
        : new Known(inputs, Resolution.of(inputs, adopted));
  }
}

package dev.weir.engine.resolve;

import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import dev.weir.model.Split;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From what is known to what a proxy shall run, with a reason for every member. Pure but for a
 * memory of its own answers: a pool whose inputs are the same as last time is not resolved again.
 * Used by one thread, one for each proxy.
 */
public final class Resolver {
  private final Resolving resolving;
  private final Map<PoolId, Resolved> memory = new HashMap<>();

  private record Resolved(
      PoolInputs inputs, Map<Endpoint, ServerState> adopted, DesiredPool pool) {}

  /** Works everything out itself. */
  public Resolver() {
    this(Resolver::resolve);
  }

  /**
   * @param resolving may know what others with the same inputs have worked out already
   */
  public Resolver(Resolving resolving) {
    this.resolving = resolving;
  }

  /**
   * What a proxy shall run of one pool.
   *
   * @param adopted what this proxy had when Weir came, and in which state
   */
  public static DesiredPool resolve(PoolInputs inputs, Map<Endpoint, ServerState> adopted) {
    return Resolution.of(inputs, adopted).pool();
  }

  /** How the traffic of a pool is to be shared; absent where members keep their own weights. */
  public static Optional<Split> split(PoolInputs inputs) {
    return new Decrees(inputs.overrides()).split(inputs.id()).or(() -> inputs.policy().split());
  }

  /**
   * What becomes of that in a proxy; absent also where no group with a share has anybody ready.
   *
   * @param adopted what this proxy had when Weir came, and in which state
   */
  public static Optional<Shares> shares(PoolInputs inputs, Map<Endpoint, ServerState> adopted) {
    PoolResolution resolution = new PoolResolution(inputs, adopted);
    var _ = resolution.resolve();
    return resolution.resolvedShares();
  }

  /**
   * What a proxy shall run.
   *
   * @param pools those it carries; one that the inputs do not have is left out
   * @param adopted what this proxy had when Weir came, and in which state
   */
  public DesiredState resolve(
      Inputs inputs, List<PoolId> pools, Map<Endpoint, ServerState> adopted) {
    memory.keySet().retainAll(new HashSet<>(pools));
    List<DesiredPool> desired =
        pools.stream()
            .filter(inputs.pools()::containsKey)
            .map(id -> remembered(inputs, id, adopted))
            .toList();
    return DesiredState.of(inputs.generation(), desired);
  }

  private DesiredPool remembered(Inputs inputs, PoolId id, Map<Endpoint, ServerState> adopted) {
    PoolInputs pool = inputs.pools().get(id);
    if (pool == null) {
      throw new IllegalStateException("pool: %s (expected: one of the inputs)".formatted(id));
    }
    Resolved last = memory.get(id);
    if (last != null && last.inputs().equals(pool) && last.adopted().equals(adopted)) {
      return last.pool();
    }
    Resolved now = new Resolved(pool, Map.copyOf(adopted), resolving.of(pool, adopted));
    memory.put(id, now);
    return now.pool();
  }
}

package dev.weir.engine.resolve;

import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import java.util.Map;

/**
 * What follows from a pool's inputs.
 *
 * @param everywhere whether it follows for every proxy, whatever it had when Weir came
 */
public record Resolution(DesiredPool pool, boolean everywhere) {

  /**
   * Works it out.
   *
   * @param adopted what a proxy had when Weir came, and in which state
   */
  public static Resolution of(PoolInputs inputs, Map<Endpoint, ServerState> adopted) {
    PoolResolution resolution = new PoolResolution(inputs, adopted);
    DesiredPool pool = resolution.resolve();
    return new Resolution(pool, !resolution.askedTheProxy());
  }
}

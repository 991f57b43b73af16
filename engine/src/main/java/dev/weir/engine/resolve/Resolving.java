package dev.weir.engine.resolve;

import dev.weir.model.DesiredPool;
import dev.weir.model.Endpoint;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import java.util.Map;

/**
 * Where a pool's desired state comes from: worked out now, or known from somebody else's asking.
 */
@FunctionalInterface
public interface Resolving {

  /**
   * What a proxy shall run of one pool.
   *
   * @param adopted what this proxy had when Weir came, and in which state
   */
  DesiredPool of(PoolInputs inputs, Map<Endpoint, ServerState> adopted);
}

package dev.weir.engine.reconcile;

import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.Inputs;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.List;
import java.util.Map;

/** What a proxy shall run, as it follows from the inputs: the resolver, seen from the loop. */
@FunctionalInterface
public interface Desires {

  /**
   * Pure. For equal arguments equal states; pools that did not change are the same instances.
   *
   * @param adopted what this proxy had when Weir came, and in which state
   */
  DesiredState resolve(Inputs inputs, List<PoolId> pools, Map<Endpoint, ServerState> adopted);
}

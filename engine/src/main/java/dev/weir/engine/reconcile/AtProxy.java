package dev.weir.engine.reconcile;

import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.DesiredState;
import dev.weir.model.Endpoint;
import dev.weir.model.MemberId;
import dev.weir.model.Observed;
import dev.weir.model.Observed.ObservedMember;
import dev.weir.model.Observed.ObservedPool;
import dev.weir.model.PoolId;
import dev.weir.model.ServerState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What somebody decided about a member at the proxy itself.
 *
 * @param was what the proxy had last confirmed
 * @param is what it was found to have
 */
public record AtProxy(MemberId member, ServerState was, ServerState is) {

  /**
   * The members whose state differs from what was confirmed: taken out of traffic, or put back. A
   * server of a member is known by its address; where several have it, nothing is told.
   *
   * @param except pools of which the proxy does not have what was confirmed
   */
  static List<AtProxy> between(DesiredState confirmed, Observed observed, Set<PoolId> except) {
    List<AtProxy> all = new ArrayList<>();
    for (DesiredPool pool : confirmed.pools()) {
      ObservedPool seen = observed.pools().get(pool.id());
      if (seen != null && !except.contains(pool.id())) {
        Map<Endpoint, ServerState> states = states(seen);
        pool.members().forEach(member -> compare(member, states, all));
      }
    }
    return all;
  }

  private static void compare(
      DesiredMember member, Map<Endpoint, ServerState> states, List<AtProxy> all) {
    ServerState was = member.state();
    ServerState is = states.getOrDefault(member.endpoint(), was);
    boolean one = was == ServerState.READY || is == ServerState.READY;
    if (was != is && one) {
      all.add(new AtProxy(member.id(), was, is));
    }
  }

  /** The states of all servers that have an address alone. */
  private static Map<Endpoint, ServerState> states(ObservedPool seen) {
    Map<Endpoint, ServerState> states = new HashMap<>();
    Set<Endpoint> several = new HashSet<>();
    for (ObservedMember server : seen.members()) {
      if (states.put(server.endpoint(), server.state()) != null) {
        several.add(server.endpoint());
      }
    }
    states.keySet().removeAll(several);
    return states;
  }
}

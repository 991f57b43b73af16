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
import java.util.List;
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
        pool.members().forEach(member -> compare(member, seen, all));
      }
    }
    return all;
  }

  private static void compare(DesiredMember member, ObservedPool seen, List<AtProxy> all) {
    List<ServerState> found = states(seen, member.endpoint());
    if (found.size() == 1) {
      ServerState is = found.getFirst();
      boolean one = member.state() == ServerState.READY || is == ServerState.READY;
      if (member.state() != is && one) {
        all.add(new AtProxy(member.id(), member.state(), is));
      }
    }
  }

  private static List<ServerState> states(ObservedPool seen, Endpoint endpoint) {
    return seen.members().stream()
        .filter(server -> server.endpoint().equals(endpoint))
        .map(ObservedMember::state)
        .toList();
  }
}

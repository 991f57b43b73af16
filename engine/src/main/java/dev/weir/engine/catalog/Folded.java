package dev.weir.engine.catalog;

import dev.weir.model.Event;
import dev.weir.model.MemberId;
import java.util.List;
import java.util.Set;

/**
 * What became of a piece of news.
 *
 * @param events in the order they happened
 * @param looks members of a pool without a check that need a TCP look now
 * @param joined members whose address a pool names that did not before
 */
public record Folded(
    PoolState state, List<Event> events, Set<MemberId> looks, Set<MemberId> joined) {

  public Folded {
    events = List.copyOf(events);
    looks = Set.copyOf(looks);
    joined = Set.copyOf(joined);
  }

  static Folded unchanged(PoolState state) {
    return new Folded(state, List.of(), Set.of(), Set.of());
  }
}

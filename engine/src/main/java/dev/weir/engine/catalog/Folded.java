package dev.weir.engine.catalog;

import dev.weir.model.Event;
import dev.weir.model.MemberId;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What became of a piece of news.
 *
 * @param events in the order they happened
 * @param looks members of a pool without a check that need a TCP look now
 * @param joined members whose address a pool names that did not before
 */
public record Folded(
    PoolState state, List<Event> events, SortedSet<MemberId> looks, SortedSet<MemberId> joined) {

  public Folded {
    events = List.copyOf(events);
    looks = Collections.unmodifiableSortedSet(looks);
    joined = Collections.unmodifiableSortedSet(joined);
  }

  static Folded unchanged(PoolState state) {
    return new Folded(state, List.of(), new TreeSet<>(), new TreeSet<>());
  }
}

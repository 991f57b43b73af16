package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that is known of one pool: what exists now, what its sources said last, and what has to be
 * remembered to judge the next piece of news. A value; {@link PoolFold} makes the next one.
 *
 * @param pool keeps its instance while nothing in it changes
 * @param sources the pool's own, the operator's list, and those that are configured no more but
 *     whose successors have not reported yet
 */
public record PoolState(CatalogPool pool, Map<SourceName, SourceState> sources, Memory memory) {

  /** The kind of the list of members that operators added, {@code POOL/operator}. */
  public static final String OPERATOR = "operator";

  public PoolState {
    sources = Map.copyOf(sources);
  }

  /**
   * What has to be remembered between two pieces of news.
   *
   * @param joined when members joined that came with a later report than their source's first
   * @param losses of ready members by soft evidence, within the window, oldest first
   * @param stale sources whose long silence has been told
   * @param conflicts members on whose weight two sources differ, which has been told
   * @param nextLook when to look again at members of a pool without a check; absent when nobody
   *     needs it
   */
  public record Memory(
      Map<MemberId, Instant> joined,
      List<Instant> losses,
      Set<SourceName> stale,
      Set<MemberId> conflicts,
      Optional<Instant> nextLook) {

    static final Memory EMPTY =
        new Memory(Map.of(), List.of(), Set.of(), Set.of(), Optional.empty());

    public Memory {
      joined = Map.copyOf(joined);
      losses = List.copyOf(losses);
      stale = Set.copyOf(stale);
      conflicts = Set.copyOf(conflicts);
    }
  }

  public PoolId id() {
    return pool.id();
  }

  public PoolDefinition definition() {
    return pool.definition();
  }

  public PoolPolicy policy() {
    return pool.definition().policy();
  }

  /** The name of the list of members that operators added to this pool. */
  public SourceName operatorList() {
    return SourceName.of(id(), OPERATOR);
  }

  /** Whether a guard holds any member of this pool. */
  public boolean holds() {
    return pool.members().stream().anyMatch(m -> m.presence() instanceof Presence.Held);
  }

  /** When this member joined; long ago for one that its source's first report named. */
  public Instant joined(MemberId id) {
    return memory.joined().getOrDefault(id, Instant.MIN);
  }

  /** When time alone will change something; absent when it will not. */
  public Optional<Instant> nextDue() {
    return new Deadlines(this).earliest();
  }

  PoolState with(Map<SourceName, SourceState> newSources) {
    return new PoolState(pool, newSources, memory);
  }

  Optional<CatalogMember> find(MemberId id) {
    return pool.find(id);
  }
}

package dev.weir.engine.keeper;

import dev.weir.engine.catalog.Folded;
import dev.weir.engine.catalog.PoolDecisions;
import dev.weir.engine.catalog.PoolFold;
import dev.weir.engine.catalog.PoolFold.Conclusion;
import dev.weir.engine.catalog.PoolState;
import dev.weir.engine.catalog.Sight;
import dev.weir.model.Address;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolId;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import dev.weir.model.SourceState.LastGood;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** All pools in the keeper's hands, and what passes between them. Used by one thread. */
final class Pools {
  private final Map<PoolId, KeptPool> pools = new HashMap<>();
  private final Map<SourceName, PoolId> owners = new HashMap<>();
  private Set<SourceName> sources = Set.of();
  private final Map<PoolId, List<Conclusion>> conclusions = new LinkedHashMap<>();

  Collection<KeptPool> all() {
    return pools.values();
  }

  @Nullable KeptPool find(PoolId id) {
    return pools.get(id);
  }

  /** Those of all pools; another instance whenever a pool was configured anew. */
  Set<SourceName> sources() {
    return sources;
  }

  /** Takes a new pool, with what is known of its sources from disk. */
  void add(PoolDefinition definition, Map<SourceName, LastGood> disk, Round round) {
    Folded folded = PoolFold.start(definition, disk, round.now);
    KeptPool pool = new KeptPool(folded.state());
    pools.put(definition.id(), pool);
    own(definition);
    take(pool, folded, round);
  }

  /** Takes the new definition of a pool that stays. */
  void redefine(KeptPool pool, PoolDefinition definition, Round round) {
    boolean checkGone = pool.watched() && !definition.policy().watched();
    own(definition);
    fold(pool, round, (state, sight) -> PoolDecisions.redefined(state, definition, sight));
    if (checkGone) {
      pool.forgetHealth();
    }
  }

  void drop(PoolId id) {
    pools.remove(id);
    owners.values().removeIf(id::equals);
    sources = Collections.unmodifiableSet(new HashSet<>(owners.keySet()));
  }

  private void own(PoolDefinition definition) {
    owners.values().removeIf(definition.id()::equals);
    definition.sources().forEach(binding -> owners.put(binding.name(), definition.id()));
    sources = Collections.unmodifiableSet(new HashSet<>(owners.keySet()));
  }

  /** A source's report; one of a source that is configured no more is nobody's. */
  void reported(SourceName source, SourceReport report, Round round) {
    PoolId owner = owners.get(source);
    KeptPool pool = owner == null ? null : pools.get(owner);
    if (pool != null) {
      fold(pool, round, (state, sight) -> PoolFold.report(state, source, report, sight));
    }
  }

  /** The members that operators have added. */
  void added(KeptPool pool, List<Member> members, Round round) {
    SourceReport report = new SourceReport.Complete(members, Absence.ENDED, Map.of());
    fold(
        pool, round, (state, sight) -> PoolFold.report(state, state.operatorList(), report, sight));
  }

  /** Takes a conclusion; its fold is put off until {@link #foldConclusions}. */
  void concluded(MemberId id, Health health, Round round) {
    KeptPool pool = pools.get(id.pool());
    if (pool == null || pool.state().pool().find(id).isEmpty() || !pool.watched()) {
      return; // news of a member that has left meanwhile
    }
    if (conclusions.getOrDefault(id.pool(), List.of()).stream().anyMatch(c -> c.id().equals(id))) {
      foldConclusions(round);
    }
    Health before = pool.conclude(id, health);
    tell(id, before, health, round);
    conclusions
        .computeIfAbsent(id.pool(), ignored -> new ArrayList<>())
        .add(new Conclusion(id, before));
  }

  /** Folds what was put off, each pool once. */
  void foldConclusions(Round round) {
    for (Map.Entry<PoolId, List<Conclusion>> entry : conclusions.entrySet()) {
      KeptPool pool = pools.get(entry.getKey());
      if (pool != null) {
        List<Conclusion> ofPool = List.copyOf(entry.getValue());
        fold(pool, round, (state, sight) -> PoolFold.concluded(state, ofPool, sight));
      }
    }
    conclusions.clear();
  }

  private static void tell(MemberId id, Health before, Health after, Round round) {
    if (after instanceof Health.Up && !(before instanceof Health.Up)) {
      round.tell(EventKind.MEMBER_UP, Event.Subject.of(id), "its check passes");
    } else if (after instanceof Health.Down down && !(before instanceof Health.Down)) {
      round.tell(
          EventKind.MEMBER_DOWN, Event.Subject.of(id), "its check fails: " + down.last().detail());
    }
  }

  /** Brings one pool's state forward, and tells the other pools what it claims. */
  void fold(KeptPool pool, Round round, BiFunction<PoolState, Sight, Folded> step) {
    take(pool, step.apply(pool.state(), pool.sight(claims(pool), round.now)), round);
  }

  private void take(KeptPool pool, Folded folded, Round round) {
    pool.take(folded);
    round.events.addAll(folded.events());
    round.looks.addAll(folded.looks());
    for (MemberId joined : folded.joined()) {
      claim(joined, round);
    }
  }

  /** An address that one pool begins to name is held by no other any longer. */
  private void claim(MemberId joined, Round round) {
    for (KeptPool other : pools.values()) {
      MemberId there = new MemberId(other.state().id(), joined.address());
      if (!other.state().id().equals(joined.pool()) && isHeld(other, there)) {
        fold(
            other,
            round,
            (state, sight) -> PoolDecisions.claimed(state, there, joined.pool(), sight));
      }
    }
  }

  private static boolean isHeld(KeptPool pool, MemberId id) {
    return pool.holds()
        && pool.state()
            .pool()
            .find(id)
            .filter(member -> member.presence() instanceof Presence.Held)
            .isPresent();
  }

  private Sight.Claims claims(KeptPool asking) {
    return (address, since) ->
        pools.values().stream()
            .filter(other -> !other.equals(asking) && names(other, address, since))
            .map(other -> other.state().id())
            .sorted()
            .findFirst();
  }

  private static boolean names(KeptPool pool, Address address, Instant since) {
    MemberId id = new MemberId(pool.state().id(), address);
    return pool.state().joined(id).isAfter(since) // first: few members have joined, most were there
        && pool.state()
            .pool()
            .find(id)
            .filter(m -> m.presence() instanceof Presence.Present)
            .isPresent();
  }

  /** The host names among all members' addresses. */
  Set<String> hostNames() {
    Set<String> names = new HashSet<>();
    pools.values().forEach(pool -> names.addAll(pool.hostNames()));
    return names;
  }
}

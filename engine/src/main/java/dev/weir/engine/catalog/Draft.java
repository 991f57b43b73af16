package dev.weir.engine.catalog;

import dev.weir.model.CatalogMember;
import dev.weir.model.CatalogPool;
import dev.weir.model.Condition;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy;
import dev.weir.model.Presence;
import dev.weir.model.SourceName;
import dev.weir.model.SourceState;
import dev.weir.model.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A pool's next state in the making: what one piece of news changes, and the simple questions its
 * rules ask. Lives for one fold.
 */
final class Draft {
  final PoolState before;
  final Sight sight;
  private PoolDefinition definition;
  private final Map<SourceName, SourceState> sources;
  private final TreeMap<MemberId, CatalogMember> members = new TreeMap<>();
  private final Map<MemberId, Instant> joined;
  private final List<Instant> losses;
  private final Set<SourceName> stale;
  private final Set<MemberId> conflicts;
  private final Map<MemberId, Health> foreseen = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final TreeSet<MemberId> looks = new TreeSet<>();
  private final TreeSet<MemberId> joinedNow = new TreeSet<>();

  Draft(PoolState before, Sight sight) {
    this.before = before;
    this.sight = sight;
    this.definition = before.definition();
    this.sources = new HashMap<>(before.sources());
    before.pool().members().forEach(member -> members.put(member.id(), member));
    this.joined = new HashMap<>(before.memory().joined());
    this.losses = new ArrayList<>(before.memory().losses());
    this.stale = new HashSet<>(before.memory().stale());
    this.conflicts = new HashSet<>(before.memory().conflicts());
    Instant windowStart = sight.now().minus(policy().guard().window());
    losses.removeIf(at -> !at.isAfter(windowStart));
  }

  Instant now() {
    return sight.now();
  }

  PoolDefinition definition() {
    return definition;
  }

  void redefine(PoolDefinition newDefinition) {
    definition = newDefinition;
  }

  PoolPolicy policy() {
    return definition.policy();
  }

  /** Whether Weir itself probes its members, so that arrivals have to answer first. */
  boolean hasCheck() {
    return policy().check().isPresent();
  }

  Map<SourceName, SourceState> sources() {
    return sources;
  }

  Set<SourceName> stale() {
    return stale;
  }

  // ---- members

  Collection<CatalogMember> members() {
    return List.copyOf(members.values());
  }

  Optional<CatalogMember> find(MemberId id) {
    return Optional.ofNullable(members.get(id));
  }

  /** Takes a member as it is now; one that is what it was stays the same instance. */
  void put(CatalogMember member) {
    members.merge(member.id(), member, (known, now) -> known.equals(now) ? known : now);
  }

  /** A member that joins with a report. */
  void join(CatalogMember member, String message) {
    put(member);
    joinedNow.add(member.id());
    tell(EventKind.MEMBER_JOINED, member.id(), message);
  }

  /** Remembers the moment for a member that no first report named. */
  void joinedLater(MemberId id) {
    joined.putIfAbsent(id, now());
  }

  void remove(MemberId id, String message) {
    members.remove(id);
    joined.remove(id);
    conflicts.remove(id);
    tell(EventKind.MEMBER_LEFT, id, message);
  }

  /** Told only once for a member, until it leaves. */
  void tellConflictOnce(MemberId id, String message) {
    if (conflicts.add(id)) {
      tell(EventKind.MEMBER_DIFFERS, id, message);
    }
  }

  void endConflict(MemberId id) {
    conflicts.remove(id);
  }

  /** A connection says nothing about a member that takes datagrams. */
  void look(MemberId id) {
    if (definition.kind() != PoolKind.UDP) {
      looks.add(id);
    }
  }

  // ---- questions

  /** What comes later in the same fold is not seen yet; until {@link #see} this counts. */
  void foresee(MemberId id, Health until) {
    foreseen.put(id, until);
  }

  void see(MemberId id) {
    foreseen.remove(id);
  }

  Health health(MemberId id) {
    if (!policy().watched()) {
      return Health.UNKNOWN;
    }
    Health before = foreseen.get(id);
    return before != null ? before : sight.health().apply(id);
  }

  boolean dead(CatalogMember member) {
    return health(member.id()) instanceof Health.Down;
  }

  /** Whether the member serves, as far as the pool's guard is concerned. */
  boolean ready(CatalogMember member) {
    boolean gone = member.presence() instanceof Presence.Leaving;
    return !gone
        && member.member().condition() == Condition.READY
        && !sight.sidelined().test(member.member())
        && alive(member);
  }

  private boolean alive(CatalogMember member) {
    if (!hasCheck()) {
      return !dead(member);
    }
    return switch (health(member.id())) {
      case Health.Up ignored -> true;
      case Health.Unknown ignored -> member.standing() != Standing.ARRIVED;
      case Health.Down ignored -> member.presence() instanceof Presence.Kept;
    };
  }

  /** Whether the guard holds members that those who come may make up for. */
  boolean holds() {
    return members.values().stream()
        .anyMatch(m -> m.presence() instanceof Presence.Held held && !held.denied());
  }

  int readyCount() {
    return (int) members.values().stream().filter(this::ready).count();
  }

  // ---- the ledger of losses to soft evidence

  int lossesInWindow() {
    return losses.size();
  }

  void lose(int count) {
    for (int i = 0; i < count; i++) {
      losses.add(now());
    }
  }

  /** Members that came, or came back, make up for losses. */
  void regain(int count) {
    for (int i = 0; i < count && !losses.isEmpty(); i++) {
      losses.removeFirst();
    }
  }

  // ---- what is told

  void tell(EventKind kind, Event.Subject subject, String message) {
    events.add(Event.of(now(), kind, subject, message));
  }

  void tell(EventKind kind, MemberId id, String message) {
    tell(kind, Event.Subject.of(id), message);
  }

  /** The next state; the same pool instance where nothing in it changed. */
  Folded finish() {
    CatalogPool pool = new CatalogPool(definition, List.copyOf(members.values()));
    boolean same = pool.equals(before.pool());
    boolean held = members.values().stream().anyMatch(m -> m.presence() instanceof Presence.Held);
    if (before.holds() && !held) {
      tell(EventKind.GUARD_RELEASED, Event.Subject.of(definition.id()), "holds nobody any more");
    }
    PoolState.Memory memory = new PoolState.Memory(joined, losses, stale, conflicts, nextLook());
    PoolState after = new PoolState(same ? before.pool() : pool, sources, memory);
    return new Folded(after, events, looks, joinedNow);
  }

  private Optional<Instant> nextLook() {
    if (members.values().stream().noneMatch(this::needsLooks)) {
      return Optional.empty();
    }
    Optional<Instant> planned = before.memory().nextLook();
    boolean due = planned.isEmpty() || !planned.get().isAfter(now());
    if (due) {
      members.values().stream().filter(this::needsLooks).forEach(m -> look(m.id()));
      return Optional.of(now().plus(Deadlines.LOOK_EVERY));
    }
    return planned;
  }

  /** Has a TCP look taken at a member, unless a check says how it is. */
  void lookIfUnknown(MemberId id) {
    if (!hasCheck() && health(id) instanceof Health.Unknown) {
      look(id);
    }
  }

  private boolean needsLooks(CatalogMember member) {
    return !hasCheck()
        && health(member.id()) instanceof Health.Unknown
        && (member.presence() instanceof Presence.Held
            || (member.presence() instanceof Presence.Remembered
                && member.standing() != Standing.PROVEN));
  }
}

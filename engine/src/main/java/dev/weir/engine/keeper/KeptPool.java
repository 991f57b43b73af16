package dev.weir.engine.keeper;

import dev.weir.engine.catalog.Folded;
import dev.weir.engine.catalog.PoolState;
import dev.weir.engine.catalog.Sight;
import dev.weir.engine.health.Candidate;
import dev.weir.engine.resolve.Decrees;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.Endpoint;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolInputs;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** One pool in the keeper's hands: its folded state, and what else its inputs are made of. */
final class KeptPool {
  private PoolState state;
  private final Map<MemberId, Health> health = new HashMap<>();
  private List<OperatorOverride> overrides = List.of();
  private Decrees decrees = new Decrees(List.of());
  private Map<Address.Host, Endpoint.Ip> resolved = Map.of();
  private List<Member> lastReady = List.of();
  private List<Candidate> followed = List.of();
  private Optional<Instant> due = Optional.empty();
  private Set<String> hostNames = Set.of();
  private boolean holds;
  private boolean concluded;
  private boolean concludedUnknown = true;
  private boolean touched = true;

  KeptPool(PoolState state) {
    this.state = state;
  }

  PoolState state() {
    return state;
  }

  void take(Folded folded) {
    state = folded.state();
    holds = state.holds();
    touch();
  }

  /** Whether the guard holds any member. */
  boolean holds() {
    return holds;
  }

  boolean touched() {
    return touched;
  }

  void touch() {
    touched = true;
    concludedUnknown = true;
  }

  Optional<Instant> due() {
    return due;
  }

  // ---- health

  Health healthOf(MemberId id) {
    return health.getOrDefault(id, Health.UNKNOWN);
  }

  /** Takes a conclusion; returns the one before. */
  Health conclude(MemberId id, Health conclusion) {
    Health before = healthOf(id);
    health.put(id, conclusion);
    return before;
  }

  void forgetHealth() {
    health.clear();
  }

  /** Whether Weir itself probes its members. */
  boolean hasCheck() {
    return state.policy().check().isPresent();
  }

  /** Whether anybody concludes how its members are. */
  boolean watched() {
    return state.policy().watched();
  }

  /** Whether every required source has told its members, itself or from disk. */
  boolean heard() {
    return state.definition().sources().stream()
        .filter(PoolDefinition.SourceBinding::required)
        .map(binding -> state.sources().get(binding.name()))
        .allMatch(source -> source != null && source.lastGood().isPresent());
  }

  /** Whether every member's host name is resolved, and its check has a first conclusion. */
  boolean concluded() {
    if (concludedUnknown) {
      concludedUnknown = false;
      concluded = state.pool().members().stream().allMatch(this::concluded);
    }
    return concluded;
  }

  private boolean concluded(CatalogMember member) {
    return hasCheck()
        ? health.containsKey(member.id())
        : member.member().address().endpoint(resolved).isPresent();
  }

  // ---- overrides and names

  /** Whether they differ from those before. */
  boolean override(List<OperatorOverride> ofPool) {
    if (ofPool.equals(overrides)) {
      return false;
    }
    overrides = List.copyOf(ofPool);
    decrees = new Decrees(overrides);
    touch();
    return true;
  }

  List<OperatorOverride> overrides() {
    return overrides;
  }

  /** The host names among the members' addresses, as of the last round. */
  Set<String> hostNames() {
    return hostNames;
  }

  /** The last good answers for them. */
  Map<Address.Host, Endpoint.Ip> resolved() {
    return resolved;
  }

  // ---- the round's end

  Sight sight(Sight.Claims claims, Instant now) {
    return new Sight(this::healthOf, this::sidelined, claims, now);
  }

  /** Also of a member that is only just coming. */
  private boolean sidelined(Member member) {
    return !overrides.isEmpty() && decrees.sidelines(member);
  }

  /** The inputs as they are now; what is remembered for members that are gone is dropped. */
  PoolInputs settle(Map<String, InetAddress> answers) {
    Set<MemberId> ids =
        state.pool().members().stream().map(CatalogMember::id).collect(Collectors.toSet());
    health.keySet().retainAll(ids);
    hostNames = namesNow();
    resolved = resolve(answers);
    due = state.nextDue();
    touched = false;
    concludedUnknown = true; // names may be resolved now
    return new PoolInputs(state.pool(), health, overrides, resolved, lastReady);
  }

  void serves(List<Member> ready) {
    lastReady = List.copyOf(ready);
  }

  /** Who is to be probed, if that is another list than before. */
  Optional<List<Candidate>> newlyFollowed() {
    List<Candidate> now = hasCheck() ? candidates() : List.of();
    if (now.equals(followed)) {
      return Optional.empty();
    }
    followed = now;
    return Optional.of(now);
  }

  /** A member as a prober knows it; absent while its host name is unresolved. */
  Optional<Candidate> candidate(MemberId id) {
    return id.address().endpoint(resolved).map(endpoint -> new Candidate(id, endpoint));
  }

  private List<Candidate> candidates() {
    List<Candidate> candidates = new ArrayList<>();
    for (CatalogMember member : state.pool().members()) {
      candidate(member.id()).ifPresent(candidates::add);
    }
    return List.copyOf(candidates);
  }

  private Set<String> namesNow() {
    return state.pool().members().stream()
        .map(m -> m.member().address())
        .filter(Address.Host.class::isInstance)
        .map(Address::host)
        .collect(Collectors.toUnmodifiableSet());
  }

  private Map<Address.Host, Endpoint.Ip> resolve(Map<String, InetAddress> answers) {
    Map<Address.Host, Endpoint.Ip> found = new HashMap<>();
    for (CatalogMember member : state.pool().members()) {
      if (member.member().address() instanceof Address.Host host) {
        InetAddress answer = answers.get(host.name());
        if (answer != null) {
          found.put(host, new Endpoint.Ip(answer, host.port()));
        }
      }
    }
    return found.isEmpty() ? Map.of() : Map.copyOf(found);
  }
}

package dev.weir.engine.resolve;

import dev.weir.model.AbsentMember;
import dev.weir.model.Because;
import dev.weir.model.Because.Cause;
import dev.weir.model.CatalogMember;
import dev.weir.model.DesiredMember;
import dev.weir.model.DesiredPool;
import dev.weir.model.EmptyPolicy;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.OperatorOverride;
import dev.weir.model.OperatorOverride.Slot;
import dev.weir.model.PoolInputs;
import dev.weir.model.ServerState;
import dev.weir.model.Standing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The way from one pool's inputs to its desired state: each member by itself, then what only the
 * whole pool can tell - the floor, and what becomes of an empty pool. Used once.
 */
final class PoolResolution {
  private final PoolInputs inputs;
  private final Decrees decrees;
  private final Judgement judgement;
  private final Map<MemberId, Verdict> verdicts = new TreeMap<>();
  private Optional<Shares> shares = Optional.empty();

  PoolResolution(PoolInputs inputs, Map<Endpoint, ServerState> adopted) {
    this.inputs = inputs;
    this.decrees = new Decrees(inputs.overrides());
    this.judgement = new Judgement(inputs, decrees, adopted);
  }

  DesiredPool resolve() {
    for (CatalogMember member : inputs.pool().members()) {
      verdicts.put(member.id(), judgement.of(member));
    }
    added().forEach(member -> verdicts.put(member.id(), judgement.of(member)));
    keepAboveTheFloor();
    if (inputs.policy().empty() instanceof EmptyPolicy.Keep && ready() == 0) {
      keepTheLast();
    }
    return desired();
  }

  /** Whether what the proxy had when Weir came has played a part. */
  boolean askedTheProxy() {
    return judgement.askedTheProxy();
  }

  /** How groups share the traffic, after {@link #resolve}; absent where they do not. */
  Optional<Shares> resolvedShares() {
    return shares;
  }

  /** Members that exist because an operator said so, and that no source names. */
  private List<CatalogMember> added() {
    List<CatalogMember> added = new ArrayList<>();
    for (OperatorOverride override : inputs.overrides()) {
      if (override.action() instanceof OperatorOverride.Add add
          && add.member().id().pool().equals(inputs.id())
          && !verdicts.containsKey(add.member().id())) {
        CatalogMember member = CatalogMember.present(add.member());
        added.add(inputs.policy().check().isPresent() ? member : member.with(Standing.PROVEN));
      }
    }
    return added;
  }

  /** When checks would take the pool below its floor, all that fail softly are kept. */
  private void keepAboveTheFloor() {
    int floor = inputs.policy().floor();
    boolean below = ready() < floor;
    verdicts.replaceAll((id, verdict) ->
        verdict instanceof Verdict.Failing failing
            ? (below ? failing.kept(floor) : failing.out())
            : verdict);
  }

  private void keepTheLast() {
    for (Member member : inputs.lastReady()) {
      if (!decrees.sidelines(member)) {
        member
            .address()
            .endpoint(inputs.resolved())
            .ifPresent(endpoint -> verdicts.put(member.id(), last(member, endpoint)));
      }
    }
  }

  private static Verdict last(Member member, Endpoint endpoint) {
    Because because =
        new Because(Cause.LAST_MEMBERS, "the pool is empty and keeps its last members");
    return new Verdict.Carried(member, endpoint, ServerState.READY, because);
  }

  private long ready() {
    return verdicts.values().stream()
        .filter(v -> v instanceof Verdict.Carried c && c.state() == ServerState.READY)
        .count();
  }

  private DesiredPool desired() {
    Map<MemberId, String> names = names();
    shares = shares();
    List<DesiredMember> members = new ArrayList<>();
    List<AbsentMember> absent = new ArrayList<>();
    for (Verdict verdict : verdicts.values()) {
      switch (verdict) {
        case Verdict.Carried carried ->
            members.add(carry(carried, names.getOrDefault(carried.member().id(), "")));
        case Verdict.Failing failing ->
            members.add(carry(failing.out(), names.getOrDefault(failing.member().id(), "")));
        case Verdict.Absent gone -> absent.add(gone.asAbsent());
      }
    }
    return DesiredPool.of(inputs.id(), members, absent, inputs.policy().empty());
  }

  /** Names are settled over all members, so that none changes when another begins to serve. */
  private Map<MemberId, String> names() {
    Map<MemberId, Member> named = new HashMap<>();
    inputs.lastReady().forEach(member -> named.put(member.id(), member));
    verdicts.forEach((id, verdict) -> named.put(id, verdict.member()));
    return MemberNames.of(named.values());
  }

  private DesiredMember carry(Verdict.Carried carried, String name) {
    Member member = carried.member();
    return new DesiredMember(
        member.id(),
        name,
        carried.endpoint(),
        carried.state(),
        weight(member),
        member.backup(),
        member.labels(),
        carried.because());
  }

  /** Weights count for members that take traffic now, and not for backups. */
  private Optional<Shares> shares() {
    List<Member> ready =
        verdicts.values().stream()
            .filter(v -> v instanceof Verdict.Carried c && c.state() == ServerState.READY)
            .map(Verdict::member)
            .filter(member -> !member.backup())
            .map(member -> member.withWeight(ownWeight(member)))
            .toList();
    return Resolver.split(inputs).flatMap(split -> Shares.of(split, ready));
  }

  private int weight(Member member) {
    return shares.flatMap(it -> it.weight(member.id())).orElseGet(() -> ownWeight(member));
  }

  private int ownWeight(Member member) {
    return decrees
        .holding(member, Slot.WEIGHT)
        .map(override -> ((OperatorOverride.Weight) override.action()).weight())
        .orElse(member.weight());
  }
}

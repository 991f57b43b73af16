package dev.weir.engine.simulation;

import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Absence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A source as the world knows it: what it lists, whether it can be reached, what it last said. */
final class SimulatedSource {
  final PoolId pool;
  final SourceName name;
  private final Absence absence;
  private final Set<Endpoint> listed = new TreeSet<>();
  private final Set<Endpoint> draining = new TreeSet<>();
  private final Map<MemberId, String> ended = new TreeMap<>();
  private boolean reachable = true;
  private boolean hasNews = true;
  private Set<MemberId> lastSaid = Set.of();

  SimulatedSource(PoolId pool, SourceName name, Absence absence) {
    this.pool = pool;
    this.name = name;
    this.absence = absence;
  }

  void list(List<Endpoint> endpoints) {
    listed.clear();
    listed.addAll(endpoints);
    hasNews = true;
  }

  void add(Endpoint endpoint) {
    hasNews |= listed.add(endpoint);
  }

  void remove(Endpoint endpoint) {
    hasNews |= listed.remove(endpoint);
  }

  /** Whether it shall take no new work, as long as it is listed. */
  void drain(Endpoint endpoint, Condition condition) {
    hasNews |= condition == Condition.DRAINING ? draining.add(endpoint) : draining.remove(endpoint);
  }

  boolean drains(Endpoint endpoint) {
    return draining.contains(endpoint);
  }

  /** The source saw it end. */
  void end(Endpoint endpoint) {
    if (listed.remove(endpoint)) {
      ended.put(new MemberId(pool, endpoint), "simulated end");
      hasNews = true;
    }
  }

  void reachable(Reach now) {
    reachable = now == Reach.YES;
    hasNews = true;
  }

  enum Reach {
    YES,
    NO
  }

  /** Weir has started anew: the source is asked from the beginning. */
  void askAnew() {
    hasNews = true;
    lastSaid = Set.of();
  }

  boolean hasNews() {
    return hasNews;
  }

  /** What it says now. */
  SourceReport speak() {
    hasNews = false;
    if (!reachable) {
      return new SourceReport.Unavailable("simulated outage");
    }
    List<Member> members = listed.stream().map(this::member).toList();
    members.forEach(member -> ended.remove(member.id()));
    lastSaid = new TreeSet<>(members.stream().map(Member::id).toList());
    SourceReport report = new SourceReport.Complete(members, absence, ended);
    ended.clear();
    return report;
  }

  private Member member(Endpoint endpoint) {
    Member member = Member.of(new MemberId(pool, endpoint), name);
    return drains(endpoint) ? member.withCondition(Condition.DRAINING) : member;
  }

  /** Whether it named the member when it last could look, in this run of Weir. */
  boolean lastNamed(MemberId id) {
    return lastSaid.contains(id);
  }

  Set<Endpoint> listed() {
    return listed;
  }

  @Override
  public String toString() {
    return reachable ? listed.toString() : "nothing, for it cannot be reached";
  }
}

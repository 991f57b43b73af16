package dev.weir.engine.catalog;

import dev.weir.engine.catalog.PoolFold.Conclusion;
import dev.weir.model.Address;
import dev.weir.model.CatalogMember;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolDefinition;
import dev.weir.model.PoolDefinition.SourceBinding;
import dev.weir.model.PoolId;
import dev.weir.model.PoolKind;
import dev.weir.model.PoolPolicy;
import dev.weir.model.Presence;
import dev.weir.model.ProbeResult;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceState;
import dev.weir.model.SourceState.LastGood;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One pool {@code web} through its life: tests say what its sources report and its checks conclude,
 * and ask what became of members, named by one letter each.
 */
final class PoolStory {
  static final PoolId WEB = new PoolId("web");
  static final SourceName FILE = new SourceName("web/file");
  static final SourceName DOCKER = new SourceName("web/docker");

  Instant now = Instant.parse("2030-01-01T00:00:00Z");
  PoolState state;
  Sight.Claims claims = (address, since) -> Optional.empty();
  final Set<MemberId> sidelined = new HashSet<>();
  final List<Event> events = new ArrayList<>();
  final Set<MemberId> looks = new HashSet<>();
  private final Map<MemberId, Health> health = new HashMap<>();

  private PoolStory(PoolState state) {
    this.state = state;
  }

  /** A pool without a check, changed as told, with these sources, all required. */
  static PoolStory of(UnaryOperator<PoolPolicy> policy, SourceName... sources) {
    return new PoolStory(
        PoolFold.start(definition(policy, sources), Map.of(), Instant.parse("2030-01-01T00:00:00Z"))
            .state());
  }

  /** A pool whose members take datagrams. */
  static PoolStory ofDatagrams(UnaryOperator<PoolPolicy> policy, SourceName source) {
    PoolDefinition http = definition(policy, source);
    PoolDefinition udp = new PoolDefinition(http.id(), http.policy(), http.sources(), PoolKind.UDP);
    return new PoolStory(
        PoolFold.start(udp, Map.of(), Instant.parse("2030-01-01T00:00:00Z")).state());
  }

  /** A pool with a check, a source that has reported these members, and all of them up. */
  static PoolStory up(UnaryOperator<PoolPolicy> policy, String letters) {
    PoolStory story = of(p -> policy.apply(checked(p)), FILE);
    story.names(FILE, letters);
    story.passes(letters);
    story.events.clear();
    return story;
  }

  /** A pool as it comes from disk, told by its source so long ago. */
  static PoolStory restored(UnaryOperator<PoolPolicy> policy, String letters, Duration age) {
    PoolStory story = of(policy, FILE);
    LastGood good = new LastGood(members(letters, FILE), story.now.minus(age), true);
    story.take(PoolFold.start(story.state.definition(), Map.of(FILE, good), story.now));
    return story;
  }

  static PoolDefinition definition(UnaryOperator<PoolPolicy> policy, SourceName... sources) {
    return new PoolDefinition(
        WEB,
        policy.apply(PoolPolicy.DEFAULT),
        Arrays.stream(sources).map(name -> new SourceBinding(name, true)).toList());
  }

  static PoolPolicy checked(PoolPolicy policy) {
    return policy.withCheck(PoolPolicy.CheckPolicy.DEFAULT);
  }

  /** Gives members that leave no grace. */
  static PoolPolicy hasty(PoolPolicy policy) {
    return new PoolPolicy(
        policy.check(),
        policy.proxyCheck(),
        policy.floor(),
        policy.guard(),
        new PoolPolicy.DrainPolicy(Duration.ZERO, policy.drain().deadline()),
        policy.empty(),
        policy.split());
  }

  static MemberId id(String letter) {
    return new MemberId(WEB, Address.parse("10.0.0.%d:80".formatted(letter.charAt(0) - 'a' + 1)));
  }

  static Member member(String letter, SourceName source) {
    return Member.of(id(letter), source).withName(letter);
  }

  static List<Member> members(String letters, SourceName source) {
    return each(letters).map(letter -> member(letter, source)).toList();
  }

  static Stream<String> each(String letters) {
    return letters.chars().mapToObj(c -> String.valueOf((char) c));
  }

  /** A source names these, and is silent about all others. */
  void names(SourceName source, String letters) {
    reports(source, SourceReport.Complete.of(members(letters, source)));
  }

  void reports(SourceName source, SourceReport report) {
    take(PoolFold.report(state, source, report, sight()));
  }

  void passes(String letters) {
    each(letters).forEach(letter -> concludes(letter, new Health.Up(now)));
  }

  void fails(String letters, ProbeResult.Kind kind) {
    ProbeResult result = new ProbeResult(kind, kind.toString(), Duration.ofMillis(1));
    each(letters).forEach(letter -> concludes(letter, new Health.Down(now, result)));
  }

  private void concludes(String letter, Health after) {
    Health before = health.getOrDefault(id(letter), Health.UNKNOWN);
    health.put(id(letter), after);
    Conclusion conclusion = new Conclusion(id(letter), before);
    take(PoolFold.concluded(state, List.of(conclusion), sight()));
  }

  void looked(String letter, ProbeResult.Kind kind) {
    ProbeResult result = new ProbeResult(kind, kind.toString(), Duration.ofMillis(1));
    take(PoolFold.looked(state, id(letter), result, sight()));
  }

  /** Time passes, tick by tick as the state asks for them. */
  void later(Duration howLong) {
    Instant end = now.plus(howLong);
    while (state.nextDue().filter(due -> !due.isAfter(end)).isPresent()) {
      Instant due = state.nextDue().orElseThrow();
      if (due.isBefore(now)) {
        throw new AssertionError("the state asks for a tick in the past, at " + due);
      }
      now = due;
      take(PoolFold.tick(state, sight()));
      if (state.nextDue().filter(again -> !again.isAfter(due)).isPresent()) {
        throw new AssertionError("a tick at " + due + " leaves something due then");
      }
    }
    now = end;
  }

  void take(Folded folded) {
    state = folded.state();
    events.addAll(folded.events());
    looks.addAll(folded.looks());
  }

  Sight sight() {
    return new Sight(
        id -> health.getOrDefault(id, Health.UNKNOWN),
        member -> sidelined.contains(member.id()),
        claims,
        now);
  }

  Optional<CatalogMember> find(String letter) {
    return state.pool().find(id(letter));
  }

  /** Letters of the members whose presence is of this kind, in order. */
  String those(Class<? extends Presence> kind) {
    StringBuilder letters = new StringBuilder();
    for (CatalogMember member : state.pool().members()) {
      if (kind.isInstance(member.presence())) {
        letters.append(letter(member));
      }
    }
    return letters.toString();
  }

  String all() {
    return those(Presence.class);
  }

  /** What was told since the last call, as {@code kind letter}; {@code kind} alone for a pool. */
  List<String> told() {
    List<String> told =
        events.stream()
            .map(e -> e.kind().wire() + e.subject().member().map(id -> " " + letter(id)).orElse(""))
            .toList();
    events.clear();
    return told;
  }

  long told(EventKind kind) {
    return events.stream().filter(e -> e.kind() == kind).count();
  }

  SourceState source(SourceName name) {
    return state.sources().getOrDefault(name, SourceState.unheard(name));
  }

  private static String letter(CatalogMember member) {
    return letter(member.id());
  }

  private static String letter(MemberId id) {
    String host = id.address().host();
    int last = Integer.parseInt(host.substring(host.lastIndexOf('.') + 1));
    return String.valueOf((char) ('a' + last - 1));
  }
}

package dev.weir.engine.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.engine.run.SteppedRunner;
import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.model.Event;
import dev.weir.model.EventKind;
import dev.weir.model.Health;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.PoolPolicy.CheckPolicy;
import dev.weir.model.ProbeResult;
import dev.weir.model.ProbeResult.Kind;
import dev.weir.testkit.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProberTest {
  private static final PoolId WEB = new PoolId("web");
  private static final CheckPolicy POLICY =
      new CheckPolicy(Duration.ofSeconds(2), Duration.ofSeconds(2), 2, 3);

  private final ManualTime time = new ManualTime();
  private final SteppedRunner runner = new SteppedRunner(time, new Random(5));
  private final ScriptedProbe probe = new ScriptedProbe(time);
  private final ScriptedProbe tcp = new ScriptedProbe(time);
  private final List<Event> events = new ArrayList<>();
  private final Findings found = new Findings();
  private final Prober prober =
      new Prober(new Prober.Means(time, new Random(6), runner, tcp, events::add), found);

  /** What came back, as short texts. */
  private static final class Findings implements ProbeSink {
    private final List<String> all = new ArrayList<>();

    @Override
    public void concluded(MemberId member, Health health) {
      all.add(member.address() + " " + health.getClass().getSimpleName());
    }

    @Override
    public void looked(MemberId member, ProbeResult result) {
      all.add(member.address() + " looked " + result.kind());
    }
  }

  private static Candidate member(int number) {
    Endpoint endpoint = (Endpoint) Address.of("10.0.0." + number, 80);
    return new Candidate(new MemberId(WEB, endpoint), endpoint);
  }

  private static List<Candidate> members(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(ProberTest::member).toList();
  }

  private void withCheck() {
    prober.configure(Map.of(WEB, new Check(probe, POLICY)));
  }

  @Test
  void aLoneArrivalIsProbedAtOnce() {
    withCheck();
    prober.follow(WEB, members(1));
    runner.runFor(Duration.ZERO);
    assertThat(found.all).containsExactly("10.0.0.1:80 Up");
  }

  @Test
  void thoseThatComeTogetherAreProbedOneAfterTheOther() {
    withCheck();
    prober.follow(WEB, members(100));
    runner.runFor(Duration.ofMillis(5));
    assertThat(found.all).hasSizeBetween(20, 30);
    runner.runFor(Duration.ofMillis(15));
    assertThat(found.all).hasSize(100);
  }

  @Test
  void probesSpreadOverTheIntervalAndNeverComeLaterThanIt() {
    withCheck();
    prober.follow(WEB, members(100));
    runner.runFor(Duration.ofSeconds(20));
    assertThat(probe.longestGap()).isLessThanOrEqualTo(Duration.ofSeconds(2));
    probe.forget();
    for (int tenth = 0; tenth < 10; tenth++) {
      runner.runFor(Duration.ofMillis(200));
      assertThat(probe.forget()).as("probes in 200 ms").isBetween(3, 25);
    }
  }

  @Test
  void withoutACheckNobodyIsProbed() {
    prober.follow(WEB, members(2));
    runner.runFor(Duration.ofSeconds(10));
    assertThat(found.all).isEmpty();
  }

  @Test
  void aCheckThatComesLaterFindsTheMembers() {
    prober.follow(WEB, members(2));
    withCheck();
    runner.runFor(Duration.ofSeconds(1));
    assertThat(found.all).containsExactlyInAnyOrder("10.0.0.1:80 Up", "10.0.0.2:80 Up");
  }

  @Test
  void aMemberThatLeavesIsProbedNoMoreAndItsSessionEnds() {
    withCheck();
    prober.follow(WEB, members(2));
    runner.runFor(Duration.ofSeconds(1));
    prober.follow(WEB, members(1));
    probe.answer(member(2).endpoint(), Kind.REFUSED);
    runner.runFor(Duration.ofSeconds(20));
    assertThat(found.all).doesNotContain("10.0.0.2:80 Down");
    assertThat(probe.openSessions()).isEqualTo(1);
  }

  @Test
  void followingTheSameMembersAgainDisturbsNoStreak() {
    withCheck();
    prober.follow(WEB, members(1));
    runner.runFor(Duration.ofMillis(1));
    probe.answer(member(1).endpoint(), Kind.REFUSED);
    Duration passed = Duration.ZERO;
    while (!found.all.contains("10.0.0.1:80 Down")) {
      prober.follow(WEB, members(1));
      runner.runFor(Duration.ofMillis(100));
      passed = passed.plusMillis(100);
    }
    assertThat(passed).isLessThanOrEqualTo(Duration.ofMillis(6100));
    assertThat(probe.openedSessions()).isEqualTo(1);
  }

  @Test
  void aNewPolicyKeepsConclusionsAndStreaks() {
    withCheck();
    prober.follow(WEB, members(1));
    runner.runFor(Duration.ofMillis(1));
    CheckPolicy faster = new CheckPolicy(Duration.ofMillis(100), POLICY.timeout(), 2, 3);
    prober.configure(Map.of(WEB, new Check(probe, faster)));
    runner.runFor(Duration.ofSeconds(1));
    assertThat(found.all).as("was up, is up: no news").containsExactly("10.0.0.1:80 Up");
    probe.answer(member(1).endpoint(), Kind.STATUS);
    runner.runFor(Duration.ofMillis(400));
    assertThat(found.all).endsWith("10.0.0.1:80 Down");
  }

  @Test
  void anUnchangedCheckKeepsTheSessions() {
    withCheck();
    prober.follow(WEB, members(3));
    runner.runFor(Duration.ofSeconds(3));
    withCheck();
    runner.runFor(Duration.ofSeconds(3));
    assertThat(probe.openedSessions()).isEqualTo(3);
  }

  @Test
  void aMemberThatMovedIsProbedAtItsNewPlace() {
    withCheck();
    prober.follow(WEB, members(1));
    runner.runFor(Duration.ofMillis(1));
    probe.answer(member(1).endpoint(), Kind.REFUSED);
    prober.follow(WEB, List.of(new Candidate(member(1).id(), member(2).endpoint())));
    runner.runFor(Duration.ofSeconds(10));
    assertThat(found.all).containsExactly("10.0.0.1:80 Up", "10.0.0.1:80 Up");
  }

  @Test
  void aProbeThatThrowsIsAFailedProbe() {
    withCheck();
    probe.breakDown(member(1).endpoint());
    prober.follow(WEB, members(1));
    runner.runFor(Duration.ofSeconds(10));
    assertThat(found.all).containsExactly("10.0.0.1:80 Down");
    assertThat(prober.last(member(1).id()).orElseThrow().result().detail())
        .contains("the probe itself failed");
  }

  @Test
  void aLookIsAnsweredOnceAndNotTakenTwiceAtATime() {
    tcp.answer(member(1).endpoint(), Kind.REFUSED);
    prober.look(member(1));
    prober.look(member(1));
    runner.runFor(Duration.ofSeconds(1));
    prober.look(member(1));
    runner.runFor(Duration.ofSeconds(1));
    assertThat(found.all)
        .containsExactly("10.0.0.1:80 looked REFUSED", "10.0.0.1:80 looked REFUSED");
    assertThat(tcp.openSessions()).isZero();
  }

  @Test
  void aFaultOfOurOwnTakesNobodyDownAndIsToldOnce() {
    withCheck();
    prober.follow(WEB, members(40));
    runner.runFor(Duration.ofSeconds(4));
    members(40).forEach(m -> probe.answer(m.endpoint(), Kind.CONNECT_TIMEOUT));
    runner.runFor(Duration.ofSeconds(60));
    assertThat(found.all).noneMatch(text -> text.endsWith("Down"));
    assertThat(events).extracting(Event::kind).containsExactly(EventKind.CHECKS_SUSPECT);
    members(40).forEach(m -> probe.answer(m.endpoint(), Kind.OK));
    runner.runFor(Duration.ofSeconds(10));
    assertThat(events)
        .extracting(Event::kind)
        .containsExactly(EventKind.CHECKS_SUSPECT, EventKind.CHECKS_TRUSTED);
  }

  @Test
  void duringAFaultOfOurOwnALookWaitsForItsEnd() {
    withCheck();
    prober.follow(WEB, members(40));
    members(40).forEach(m -> probe.answer(m.endpoint(), Kind.CONNECT_TIMEOUT));
    runner.runFor(Duration.ofSeconds(5));
    Candidate other = member(77);
    tcp.answer(other.endpoint(), Kind.CONNECT_TIMEOUT);
    prober.look(other);
    runner.runFor(Duration.ofSeconds(5));
    assertThat(found.all).isEmpty();
    tcp.answer(other.endpoint(), Kind.OK);
    runner.runFor(Duration.ofSeconds(2));
    assertThat(found.all).containsExactly("10.0.0.77:80 looked OK");
  }

  @Test
  void aSilentHostAmongManyIsTakenDown() {
    withCheck();
    prober.follow(WEB, members(40));
    runner.runFor(Duration.ofSeconds(4));
    members(10).forEach(m -> probe.answer(m.endpoint(), Kind.CONNECT_TIMEOUT));
    runner.runFor(Duration.ofSeconds(10));
    assertThat(found.all).filteredOn(text -> text.endsWith("Down")).hasSize(10);
    assertThat(events).isEmpty();
  }

  @Test
  void countsWhatItDoes() {
    withCheck();
    prober.follow(WEB, members(1));
    runner.runFor(Duration.ofMillis(1));
    probe.answer(member(1).endpoint(), Kind.STATUS);
    runner.runFor(Duration.ofSeconds(20));
    ProbeMeters.Pool meters = prober.meters().of(WEB);
    assertThat(meters.results(Kind.OK)).isEqualTo(1);
    assertThat(meters.results(Kind.STATUS)).isBetween(9L, 12L);
    assertThat(meters.ups()).isEqualTo(1);
    assertThat(meters.downs()).isEqualTo(1);
    assertThat(meters.durations().snapshot().count())
        .isEqualTo(meters.results(Kind.OK) + meters.results(Kind.STATUS));
    assertThat(prober.meters().lateness().snapshot().count()).isPositive();
  }
}

package dev.weir.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.follow.Pace;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.PoolId;
import dev.weir.model.SourceName;
import dev.weir.model.SourceReport.Complete;
import dev.weir.source.aws.FleetMembers.Choice;
import dev.weir.source.aws.FleetMembers.Reach;
import dev.weir.spi.Drains;
import dev.weir.spi.RefusedException;
import dev.weir.spi.SourceType;
import dev.weir.testkit.ManualTime;
import dev.weir.testkit.WatchedSource;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** When a lifecycle hook is told what. */
class HookTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration DEADLINE = Duration.ofSeconds(25);
  private static final Pace PACE = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(8));

  private final ManualTime time = new ManualTime();
  private final MemoryAws aws = new MemoryAws();
  private final AwsAsgSourceType type = new AwsAsgSourceType(account -> aws, PACE, PACE);

  /** What one pool's proxies say. */
  private static class Said implements Drains {
    private final Set<MemberId> empty = ConcurrentHashMap.newKeySet();
    private volatile boolean all;

    @Override
    public boolean isEmpty(MemberId member) {
      return all || empty.contains(member);
    }

    @Override
    public Duration deadline() {
      return DEADLINE;
    }
  }

  private WatchedSource watch(String pool, Optional<Drains> drains) {
    AwsAccount account =
        new AwsAccount(
            Optional.of("eu-west-1"), Optional.empty(), new AwsAccount.Identity.Usual(), 6000);
    PoolId id = new PoolId(pool);
    SourceType.Context context =
        new SourceType.Context(id, SourceName.of(id, "aws_asg"), time, drains);
    FleetQuestion question =
        new FleetQuestion(
            account, new Selection.Named(new TreeSet<>(List.of("blue"))), Duration.ofSeconds(10));
    return WatchedSource.start(
        type.open(
            new AwsAsgSourceType.Options(
                question, new Reach(Choice.PRIVATE, 80), Optional.of("drain")),
            context),
        PATIENCE);
  }

  /** An instance that terminates and is held back. */
  private void waiting() {
    aws.hook("blue", "drain");
    aws.machine("i-1", "10.0.0.1");
    aws.group("blue", MemoryAws.seat("i-1", "Terminating:Wait"));
  }

  /** Lets time pass, second by second, each only when everybody has done what was due. */
  private void pass(int seconds) throws InterruptedException {
    time.awaitWaiters(2); // who asks for groups, and who looks after the hook
    for (int i = 0; i < seconds; i++) {
      time.advance(Duration.ofSeconds(1));
      time.awaitWaiters(2);
    }
  }

  private List<String> told() {
    return aws.calls.stream()
        .filter(call -> call.startsWith("heartbeat") || call.startsWith("complete"))
        .toList();
  }

  @Test
  void theHookWaitsOnAThirdOfItsTimeOutAndGoesOnAtTheDeadline() throws Exception {
    waiting();
    try (WatchedSource watched = watch("shop", Optional.of(new Said()))) {
      Complete report = watched.awaitMembers(Set.of("i-1"));
      assertThat(report.members())
          .extracting(Member::condition)
          .containsExactly(Condition.DRAINING);
      pass(24);
      assertThat(told()).containsExactly("heartbeat i-1", "heartbeat i-1", "heartbeat i-1");
      pass(20);
      assertThat(told())
          .containsExactly("heartbeat i-1", "heartbeat i-1", "heartbeat i-1", "complete i-1");
    }
  }

  @Test
  void itGoesOnWhenTheMemberIsEmptyAndIsToldOnce() throws Exception {
    waiting();
    Said said = new Said();
    try (WatchedSource watched = watch("shop", Optional.of(said))) {
      Complete report = watched.awaitMembers(Set.of("i-1"));
      pass(3);
      assertThat(told()).doesNotContain("complete i-1");
      said.empty.add(report.members().getFirst().id());
      pass(2);
      said.empty.clear(); // proxies forget, and nothing is told twice
      pass(15);
      assertThat(told().stream().filter("complete i-1"::equals)).hasSize(1);
      assertThat(told()).endsWith("complete i-1");
    }
  }

  @Test
  void anInstanceOfTwoPoolsGoesWhenBothHaveLetItGo() throws Exception {
    waiting();
    Said one = new Said();
    Said other = new Said();
    try (WatchedSource first = watch("shop", Optional.of(one));
        WatchedSource second = watch("admin", Optional.of(other))) {
      var _ = first.awaitMembers(Set.of("i-1"));
      var _ = second.awaitMembers(Set.of("i-1"));
      one.all = true;
      pass(3);
      assertThat(told()).doesNotContain("complete i-1");
      other.all = true;
      pass(2);
      assertThat(told()).contains("complete i-1");
    }
    assertThat(aws.calls.stream().filter("closed"::equals)).hasSize(1);
  }

  @Test
  void aCallThatFailsIsMadeAgainAndTheSourceGoesOnMeanwhile() throws Exception {
    waiting();
    Said said = new Said();
    said.all = true;
    aws.group("blue");
    try (WatchedSource watched = watch("shop", Optional.of(said))) {
      var _ = watched.awaitMembers(Set.of());
      time.awaitWaiters(2);
      int before = aws.calls.size();
      aws.group("blue", MemoryAws.seat("i-1", "Terminating:Wait"));
      aws.machine("i-1", "10.0.0.1");
      pass(9);
      assertThat(aws.calls).hasSize(before);
      aws.onlyHooksFail(new IOException("no"), new RefusedException("no"), new IOException("no"));
      pass(60);
      assertThat(watched.awaitMembers(Set.of("i-1")).members()).hasSize(1);
      assertThat(aws.calls.stream().filter("hooks blue"::equals)).hasSizeGreaterThan(3);
      assertThat(told()).containsExactly("complete i-1");
      assertThat(watched.reports()).allMatch(Complete.class::isInstance);
    }
  }

  @Test
  void whatNobodyHasThoughtOfEndsNoVigil() throws Exception {
    waiting();
    Said broken =
        new Said() {
          private boolean once;

          @Override
          public boolean isEmpty(MemberId member) {
            if (!once) {
              once = true;
              throw new IllegalStateException("a fault");
            }
            return true;
          }
        };
    try (WatchedSource watched = watch("shop", Optional.of(broken))) {
      var _ = watched.awaitMembers(Set.of("i-1"));
      pass(4);
      assertThat(told()).contains("complete i-1");
    }
  }

  @Test
  void anotherHookOfTheGroupIsNotTouched() throws Exception {
    waiting();
    aws.hook("blue", "backup");
    Said said = new Said();
    said.all = true;
    try (WatchedSource watched = watch("shop", Optional.of(said))) {
      var _ = watched.awaitMembers(Set.of("i-1"));
      pass(30);
      assertThat(told()).isEmpty();
    }
  }

  @Test
  void anInstanceThatIsNoMemberIsNotHeldBack() throws Exception {
    aws.hook("blue", "drain");
    aws.group("blue", MemoryAws.seat("i-9", "Terminating:Wait"));
    try (WatchedSource watched = watch("shop", Optional.of(new Said()))) {
      var _ = watched.awaitMembers(Set.of());
      pass(2);
      assertThat(told()).containsExactly("complete i-9");
    }
  }

  @Test
  void whoOnlyLooksTellsNobodyAnything() throws Exception {
    waiting();
    try (WatchedSource watched = watch("shop", Optional.empty())) {
      var _ = watched.awaitMembers(Set.of("i-1"));
      for (int i = 0; i < 40; i++) {
        time.awaitWaiters(1);
        time.advance(Duration.ofSeconds(1));
      }
      time.awaitWaiters(1);
      assertThat(aws.calls).allMatch(call -> call.matches("groups|machines.*"));
    }
    await().atMost(PATIENCE).until(() -> aws.calls.contains("closed"));
  }
}

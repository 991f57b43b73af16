package dev.weir.source.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.follow.Pace;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport.Complete;
import dev.weir.source.aws.sdk.SdkClients;
import dev.weir.spi.Drains;
import dev.weir.spi.SourceType;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.contract.HostileText;
import dev.weir.testkit.fake.FakeAws;
import dev.weir.testkit.real.FreePorts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What AWS answers, as its own SDK reads it. */
final class SdkClientTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MANY = 10_000;

  private final FakeAws aws;
  private final AwsAsgSourceType type =
      new AwsAsgSourceType(
          account -> new SdkClients().open(account, Duration.ofSeconds(20)), Aws.HASTY, Aws.HASTY);

  SdkClientTest() throws IOException {
    aws = new FakeAws(FreePorts.one());
  }

  @BeforeEach
  void start() throws IOException {
    aws.start();
  }

  @AfterEach
  void stop() throws IOException {
    aws.close();
  }

  private WatchedSource watch(String... groups) {
    return WatchedSource.start(
        type.open(Aws.options(aws.http().port(), groups), Aws.CONTEXT), PATIENCE);
  }

  private WatchedSource watch(AwsAsgSourceType.Options options, SourceType.Context context) {
    return WatchedSource.start(type.open(options, context), PATIENCE);
  }

  @Test
  void everyPageOfGroupsAndInstancesIsTaken() throws Exception {
    Set<String> names = new TreeSet<>();
    for (int g = 0; g < 5; g++) {
      aws.group("g" + g, Map.of());
      for (int i = 0; i < 3; i++) {
        String id = "i-%d%d".formatted(g, i);
        aws.put(FakeAws.serving(id, "g" + g, "10.0.%d.%d".formatted(g, i + 1)));
        names.add(id);
      }
    }
    try (WatchedSource watched = watch("g0", "g1", "g2", "g3", "g4")) {
      Complete report = watched.awaitMembers(names);
      assertThat(report.remarks()).isEmpty();
      assertThat(report.members().getFirst().labels())
          .containsEntry("asg", "g0")
          .containsEntry("zone", "eu-west-1a")
          .containsEntry("instance_type", "m7g.large");
    }
  }

  @Test
  void groupsAreFoundByTheirTags() throws Exception {
    aws.group("blue", Map.of("role", "web", "dc", "eu"));
    aws.group("other", Map.of("role", "web", "dc", "us"));
    aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1"));
    aws.put(FakeAws.serving("i-2", "other", "10.0.0.2"));
    AwsAsgSourceType.Options options = Aws.options(aws.http().port(), "unused");
    FleetQuestion question =
        new FleetQuestion(
            options.question().account(),
            new Selection.Tagged(new TreeMap<>(Map.of("role", "web", "dc", "eu"))),
            options.question().every());
    try (WatchedSource watched =
        watch(
            new AwsAsgSourceType.Options(question, options.reach(), options.hook()), Aws.CONTEXT)) {
      assertThat(watched.awaitMembers(Set.of("i-1")).members()).hasSize(1);
    }
  }

  @Test
  void aGroupScaledToZeroHasNoMembersAndOneThatIsNowhereIsNoAnswer() throws Exception {
    aws.group("blue", Map.of());
    aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1"));
    try (WatchedSource watched = watch("blue", "green")) {
      assertThat(watched.awaitMembers(Set.of("i-1")).remarks())
          .containsExactly("group green does not exist");
      int before = watched.count();
      aws.remove("i-1");
      assertThat(watched.awaitMembers(before, Set.of()).ended()).isEmpty();
    }
    try (WatchedSource watched = watch("gren")) {
      assertThat(watched.awaitUnavailable(0).reason()).contains("no such group").contains("gren");
      assertThat(watched.reports()).noneMatch(Complete.class::isInstance);
    }
  }

  @Test
  void callsThatAreTooManyAreMadeAgainAndAreNoOutage() throws Exception {
    aws.group("blue", Map.of());
    aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1"));
    aws.throttle(3);
    try (WatchedSource watched = watch("blue")) {
      assertThat(watched.awaitMembers(Set.of("i-1")).members()).hasSize(1);
      aws.throttle(2);
      aws.put(FakeAws.serving("i-2", "blue", "10.0.0.2"));
      assertThat(watched.awaitMembers(Set.of("i-1", "i-2")).members()).hasSize(2);
      assertThat(watched.reports()).allMatch(Complete.class::isInstance);
    }
  }

  @Test
  void aWrongKeyIsSaidOnceAndNotTriedAgainAtOnce() throws Exception {
    aws.guard("ANOTHER");
    aws.group("blue", Map.of());
    AwsAsgSourceType patient =
        new AwsAsgSourceType(
            account -> new SdkClients().open(account, Duration.ofSeconds(20)),
            Aws.HASTY,
            new Pace(Duration.ofMillis(10), Duration.ofMinutes(5)));
    try (WatchedSource watched =
        WatchedSource.start(
            patient.open(Aws.options(aws.http().port(), "blue"), Aws.CONTEXT), PATIENCE)) {
      assertThat(watched.awaitUnavailable(0).reason())
          .contains("status 403 InvalidClientTokenId The security token is invalid.");
      assertThat(aws.calls()).isEqualTo(1);
    }
  }

  @Test
  void anUnchangedGroupCostsOneCallEachTime() throws Exception {
    aws.group("blue", Map.of());
    aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1"));
    try (WatchedSource watched = watch("blue")) {
      var _ = watched.awaitMembers(Set.of("i-1"));
      await().atMost(PATIENCE).until(() -> aws.calls() > 20);
    }
    assertThat(
            aws.http().questions().stream()
                .filter(question -> question.body().contains("Action=DescribeInstances")))
        .hasSize(1);
  }

  @Test
  void theBudgetHoldsWhateverIsAsked() throws Exception {
    aws.group("blue", Map.of());
    aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1"));
    AwsAsgSourceType.Options options = Aws.options(aws.http().port(), "blue");
    AwsAccount account = options.question().account();
    AwsAccount poor = new AwsAccount(account.region(), account.endpoint(), account.identity(), 4);
    long begin = System.nanoTime();
    try (WatchedSource watched =
        watch(
            new AwsAsgSourceType.Options(
                new FleetQuestion(poor, options.question().selection(), Duration.ofMillis(1)),
                options.reach(),
                options.hook()),
            Aws.CONTEXT)) {
      var _ = watched.awaitMembers(Set.of("i-1"));
      await().atMost(PATIENCE).until(() -> aws.calls() >= 4);
      await().pollDelay(Duration.ofMillis(500)).atMost(PATIENCE).until(() -> true);
    }
    long minutes = Duration.ofNanos(System.nanoTime() - begin).toMillis() / 15_000;
    assertThat(aws.calls()).isLessThanOrEqualTo((int) (4 + minutes));
  }

  @Test
  void tenThousandInstancesAndHostileTags() throws Exception {
    aws.pages(1000);
    aws.group("blue", Map.of());
    for (int i = 0; i < MANY; i++) {
      aws.put(
          FakeAws.serving("i-%05d".formatted(i), "blue", "10.%d.%d.1".formatted(i / 250, i % 250)));
    }
    Map<String, String> tags = new TreeMap<>();
    HostileText.SAMPLES.stream().filter(SdkClientTest::inXml).forEach(text -> tags.put(text, text));
    aws.put(FakeAws.serving("i-00000", "blue", "10.0.0.1").tagged(tags));
    try (WatchedSource watched = watch("blue")) {
      Complete report =
          (Complete)
              watched.await(
                  0,
                  "all instances",
                  it -> it instanceof Complete complete && complete.members().size() == MANY);
      assertThat(report.members().getFirst().labels()).containsAllEntriesOf(tags);
    }
    assertThat(aws.calls()).isLessThan(150);
  }

  /** XML has no control characters, and AWS' own tags neither. */
  private static boolean inXml(String text) {
    return !text.isEmpty() && text.codePoints().allMatch(c -> c >= ' ' && c < 0xD800);
  }

  @Test
  void anInstanceThatIsHeldBackDrainsAndGoes() throws Exception {
    aws.group("blue", Map.of());
    aws.hook("blue", "drain");
    aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1"));
    Set<MemberId> empty = ConcurrentHashMap.newKeySet();
    Drains drains =
        new Drains() {
          @Override
          public boolean isEmpty(MemberId member) {
            return empty.contains(member);
          }

          @Override
          public Duration deadline() {
            return Duration.ofMinutes(10);
          }
        };
    AwsAsgSourceType.Options options = Aws.options(aws.http().port(), "blue");
    SourceType.Context context =
        new SourceType.Context(
            Aws.POOL, Aws.CONTEXT.name(), Aws.CONTEXT.time(), Optional.of(drains));
    try (WatchedSource watched =
        watch(
            new AwsAsgSourceType.Options(options.question(), options.reach(), Optional.of("drain")),
            context)) {
      Member member = watched.awaitMembers(Set.of("i-1")).members().getFirst();
      aws.put(FakeAws.serving("i-1", "blue", "10.0.0.1").in("Terminating:Wait"));
      await().atMost(PATIENCE).until(() -> aws.heartbeats().contains("i-1"));
      assertThat(watched.reports())
          .anyMatch(report ->
              report instanceof Complete complete
                  && complete.members().stream()
                      .anyMatch(it -> it.condition() == Condition.DRAINING));
      assertThat(aws.completed()).isEmpty();
      int before = watched.count();
      empty.add(member.id());
      await().atMost(PATIENCE).until(() -> aws.completed().equals(List.of("i-1")));
      assertThat(watched.awaitMembers(before, Set.of()).members()).isEmpty();
    }
  }
}

package dev.weir.source.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.consul.ConsulOptions;
import dev.weir.consul.Waiting;
import dev.weir.follow.Pace;
import dev.weir.model.Condition;
import dev.weir.model.Member;
import dev.weir.model.SourceReport.Complete;
import dev.weir.secret.Secret;
import dev.weir.source.consul.ServiceMembers.Health;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.fake.FakeConsul.Instance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which instances are members, and what an agent is asked. */
final class ConsulSourceTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Waiting LONG = new Waiting(Duration.ofSeconds(5), Duration.ofSeconds(60));

  private final ConsulWorld world = new ConsulWorld();

  @BeforeEach
  void start() throws Exception {
    world.hold(List.of());
  }

  @AfterEach
  void stop() throws Exception {
    world.close();
  }

  @Test
  void anInstanceWithoutAnAddressHasThatOfItsNode() throws Exception {
    world.agent().register(Instance.passing("web", "a", "", 8080));
    assertThat(members(Health.PASSING, "a").getFirst().address()).hasToString("10.9.9.9:8080");
  }

  @Test
  void instancesAreNamedByTheirIdAndLabelled() throws Exception {
    world.agent().register(Instance.passing("web", "web-7", "10.0.0.1", 80).tagged("v2", "eu"));
    Member member = members(Health.PASSING, "web-7").getFirst();
    assertThat(member.name()).contains("web-7");
    assertThat(member.labels()).containsEntry("node", "node-1").containsEntry("tags", "v2,eu");
  }

  @Test
  void allTagsMustBeThere() throws Exception {
    world.agent().register(Instance.passing("web", "a", "10.0.0.1", 80).tagged("v2"));
    world.agent().register(Instance.passing("web", "b", "10.0.0.2", 80).tagged("v2", "eu"));
    try (WatchedSource watched = watch(world.query("v2", "eu"), Health.PASSING)) {
      watched.awaitMembers(Set.of("b"));
    }
  }

  @Test
  void checksDecideUnlessAnyInstanceWillDo() throws Exception {
    world.agent().register(Instance.passing("web", "good", "10.0.0.1", 80));
    world
        .agent()
        .register(
            Instance.passing("web", "bad", "10.0.0.2", 80)
                .checked("serfHealth=passing", "service:bad=critical"));
    world
        .agent()
        .register(Instance.passing("web", "so-so", "10.0.0.3", 80).checked("service:s=warning"));
    assertThat(members(Health.PASSING, "good")).hasSize(1);
    assertThat(members(Health.ANY, "bad", "good", "so-so")).hasSize(3);
  }

  @Test
  void maintenanceDrains() throws Exception {
    world
        .agent()
        .register(
            Instance.passing("web", "a", "10.0.0.1", 80)
                .checked("serfHealth=passing", "_service_maintenance:a=critical"));
    world
        .agent()
        .register(
            Instance.passing("web", "b", "10.0.0.2", 80).checked("_node_maintenance=critical"));
    world
        .agent()
        .register(
            Instance.passing("web", "c", "10.0.0.3", 80).checked("_service_maintenance:a=passing"));
    assertThat(members(Health.PASSING, "a", "b", "c"))
        .extracting(Member::condition)
        .containsExactly(Condition.DRAINING, Condition.DRAINING, Condition.READY);
  }

  @Test
  void weightsBeyondWhatProxiesTakeAreScaled() throws Exception {
    world.agent().register(Instance.passing("web", "a", "10.0.0.1", 80).weighing(65_535));
    world.agent().register(Instance.passing("web", "b", "10.0.0.2", 80).weighing(6_553));
    world.agent().register(Instance.passing("web", "c", "10.0.0.3", 80).weighing(1));
    assertThat(members(Health.PASSING, "a", "b", "c"))
        .extracting(Member::weight)
        .containsExactly(256, 26, 1);
  }

  @Test
  void anInstanceThatCannotBeAMemberIsRemarkedUpon() throws Exception {
    world.agent().register(Instance.passing("web", "a", "10.0.0.1", 0));
    world.agent().register(Instance.passing("web", "b", "10.0.0.2; evil", 80));
    world.agent().register(Instance.passing("web", "c", "10.0.0.3", 80));
    try (WatchedSource watched = watch(world.query(), Health.PASSING)) {
      Complete report = watched.awaitMembers(Set.of("c"));
      assertThat(report.remarks())
          .hasSize(2)
          .anyMatch(remark -> remark.startsWith("instance a: port: 0"))
          .anyMatch(remark -> remark.startsWith("instance b: host: "));
    }
  }

  @Test
  void aTokenIsSentAndAWrongOneIsToldOnce(@TempDir Path folder) throws Exception {
    world.agent().register(Instance.passing("web", "a", "10.0.0.1", 80));
    world.agent().guard("s3cret");
    Path right = Files.writeString(folder.resolve("right"), "s3cret\n");
    Path wrong = Files.writeString(folder.resolve("wrong"), "guess\n");
    try (WatchedSource watched = watch(withToken(right), Health.PASSING)) {
      watched.awaitMembers(Set.of("a"));
    }
    int before = world.agent().http().questions().size();
    try (WatchedSource watched = watch(withToken(wrong), Health.PASSING)) {
      assertThat(watched.awaitUnavailable(0).reason())
          .contains("status 403", "Permission denied", "token")
          .doesNotContain("guess");
      assertThat(world.agent().http().questions()).hasSize(before + 1);
    }
  }

  @Test
  void aListThatTheTokenMayNotSeeIsNotTakenForAnEmptyOne() throws Exception {
    world.hold(List.of("alpha"));
    try (WatchedSource watched = watch(world.query(), Health.PASSING)) {
      watched.awaitMembers(Set.of("alpha"));
      world.agent().hide();
      assertThat(watched.awaitUnavailable(0).reason()).contains("/health/service/web", "token");
      assertThat(watched.reports()).hasSize(2);
    }
  }

  private ServiceQuery withToken(Path file) {
    ConsulOptions agent = world.query().agent();
    return new ServiceQuery(
        new ConsulOptions(
            agent.address(), agent.tls(), Optional.of(new Secret.InFile(file)), agent.datacenter()),
        "web",
        List.of());
  }

  @Test
  void tenSourcesOfOneServiceAreOneQuestionAtATime() throws Exception {
    ConsulSourceType type = new ConsulSourceType(LONG, Pace.USUAL);
    ConsulSourceType.Options options = new ConsulSourceType.Options(world.query(), Health.PASSING);
    List<WatchedSource> watched = new ArrayList<>();
    try {
      for (int i = 0; i < 10; i++) {
        watched.add(WatchedSource.start(type.open(options, ConsulWorld.CONTEXT), PATIENCE));
      }
      for (WatchedSource each : watched) {
        each.awaitMembers(Set.of());
      }
      await().atMost(PATIENCE).until(() -> world.agent().http().questions().size() == 2);
      assertThat(world.agent().http().connections()).isLessThanOrEqualTo(2);
      world.hold(List.of("alpha"));
      for (WatchedSource each : watched) {
        each.awaitMembers(Set.of("alpha"));
      }
    } finally {
      watched.forEach(WatchedSource::close);
    }
  }

  @Test
  void heldQuestionsAreSpreadOverTheWait() throws Exception {
    ConsulSourceType type = new ConsulSourceType(LONG, Pace.USUAL);
    List<WatchedSource> watched = new ArrayList<>();
    try {
      for (int i = 0; i < 20; i++) {
        ServiceQuery query = world.query("tag-" + i);
        watched.add(
            WatchedSource.start(
                type.open(new ConsulSourceType.Options(query, Health.PASSING), ConsulWorld.CONTEXT),
                PATIENCE));
      }
      await().atMost(PATIENCE).until(() -> world.agent().http().questions().size() == 40);
      assertThat(
              world.agent().http().questions().stream()
                  .map(question -> question.path().replaceFirst(".*wait=", ""))
                  .filter(wait -> wait.endsWith("ms"))
                  .distinct())
          .hasSizeGreaterThan(15);
    } finally {
      watched.forEach(WatchedSource::close);
    }
  }

  private List<Member> members(Health health, String... names) throws Exception {
    try (WatchedSource watched = watch(world.query(), health)) {
      return watched.awaitMembers(Set.of(names)).members();
    }
  }

  private static WatchedSource watch(ServiceQuery query, Health health) {
    return WatchedSource.start(
        new ConsulSourceType(ConsulWorld.HASTY, Pace.USUAL)
            .open(new ConsulSourceType.Options(query, health), ConsulWorld.CONTEXT),
        PATIENCE);
  }
}

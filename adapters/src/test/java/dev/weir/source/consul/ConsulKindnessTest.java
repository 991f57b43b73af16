package dev.weir.source.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.consul.Waiting;
import dev.weir.model.PoolsReport;
import dev.weir.model.SourceReport;
import dev.weir.source.consul.ServiceMembers.Health;
import dev.weir.spi.Time;
import dev.weir.testkit.Crowd;
import dev.weir.testkit.fake.FakeHttp.Question;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What an agent is asked, however many pools there are. */
class ConsulKindnessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** One that holds the question, and one that the first answer came by. */
  private static final int MOST_CONNECTIONS = 2;

  private static final Duration HOLD = Duration.ofSeconds(2);
  private static final Duration IDLE = Duration.ofSeconds(3);
  private static final Waiting HELD = new Waiting(Duration.ofSeconds(2), HOLD);

  @Test
  void manyPoolsOfOneServiceCostOneQuestionThatIsHeld() throws Exception {
    try (ConsulWorld world = new ConsulWorld()) {
      world.hold(List.of("alpha"));
      ConsulSourceType type = new ConsulSourceType(HELD, ConsulWorld.PACE);
      ConsulSourceType.Options options =
          new ConsulSourceType.Options(world.query(), Health.PASSING);
      try (Crowd crowd = Crowd.of(20, () -> type.open(options, ConsulWorld.CONTEXT), PATIENCE)) {
        crowd.awaitMembers(Set.of("alpha"));
        idle(world);
        assertThat(asked(world, "/v1/health/service/web")).isBetween(2L, mostOfOne());
        assertThat(world.agent().http().questions())
            .allMatch(question -> question.path().startsWith("/v1/health/service/web"));
        assertThat(world.agent().http().connections()).isBetween(1, MOST_CONNECTIONS);
      }
    }
  }

  @Test
  void manyPoolSetsCostOneQuestionForTheListOfServices() throws Exception {
    try (ConsulWorld world = new ConsulWorld()) {
      world.hold(List.of("alpha"));
      ConsulSourceType type = new ConsulSourceType(HELD, ConsulWorld.PACE);
      ServicesSearch.Search search =
          new ServicesSearch.Search(
              world.query().agent(), new ServicesSearch.Rule(".*"), List.of(), Health.PASSING);
      try (Crowd crowd =
          Crowd.of(
              5,
              () ->
                  sink ->
                      type.services()
                          .open(search, Time.SYSTEM)
                          .watch(report -> sink.report(asMembers(report))),
              PATIENCE)) {
        crowd.awaitMembers(Set.of());
        idle(world);
        assertThat(asked(world, "/v1/catalog/services")).isBetween(2L, mostOfOne());
        assertThat(world.agent().http().connections()).isBetween(1, MOST_CONNECTIONS);
      }
    }
  }

  private static SourceReport asMembers(PoolsReport report) {
    assertThat(report).isInstanceOf(PoolsReport.Complete.class);
    return SourceReport.Complete.of(List.of());
  }

  /** Lets time pass in which nothing changes; the agent answers held questions meanwhile. */
  private static void idle(ConsulWorld world) {
    long end = System.nanoTime() + IDLE.toNanos();
    await().atMost(PATIENCE).until(() -> System.nanoTime() > end);
    assertThat(world.agent().http().questions()).isNotEmpty();
  }

  /** The first, the one that is held for a part of the time, and those that follow in full. */
  private static long mostOfOne() {
    return 3 + IDLE.dividedBy(HOLD);
  }

  private static long asked(ConsulWorld world, String path) {
    return world.agent().http().questions().stream()
        .map(Question::path)
        .filter(asked -> asked.startsWith(path))
        .count();
  }
}

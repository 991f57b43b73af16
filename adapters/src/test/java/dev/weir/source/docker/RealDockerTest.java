package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.model.Condition;
import dev.weir.model.Endpoint;
import dev.weir.model.Member;
import dev.weir.model.MemberId;
import dev.weir.model.SourceReport;
import dev.weir.model.SourceReport.Complete;
import dev.weir.net.HttpAnswer;
import dev.weir.net.HttpCalls;
import dev.weir.net.HttpTarget;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.ContainerSpec;
import dev.weir.testkit.real.DockerDaemon;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a real engine does to containers, and what the source makes of it. */
@RequiresServer({Server.DOCKERD, Server.BUSYBOX})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealDockerTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private @Nullable DockerDaemon started;

  @BeforeAll
  void start(@TempDir(factory = ShortTempDir.class) Path folder) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "a Docker daemon needs root");
    started = DockerDaemon.start(folder);
  }

  @AfterEach
  void removeContainers() throws IOException {
    for (String name : docker().containers()) {
      docker().remove(name);
    }
  }

  @AfterAll
  void stop() {
    if (started != null) {
      started.close();
    }
  }

  @Test
  void aPublishedPortIsReachedOnLoopback() throws Exception {
    int port = FreePorts.one();
    docker().run(ContainerSpec.web("web-1").label("app", "web").publish(port, 80));
    try (WatchedSource watched = watch(published())) {
      Member member = member(watched.awaitMembers(Set.of("web-1")), "web-1");
      assertThat(member.address()).hasToString("127.0.0.1:" + port);
      assertThat(member.labels()).isEqualTo(Map.of("app", "web"));
      assertThat(member.condition()).isEqualTo(Condition.READY);
      answersWith("web-1", member);
    }
  }

  @Test
  void aContainerIsReachedAtItsOwnAddress() throws Exception {
    docker().run(ContainerSpec.web("web-1").label("app", "web").expose(80));
    try (WatchedSource watched = watch(inside(OptionalInt.empty()))) {
      Member member = member(watched.awaitMembers(Set.of("web-1")), "web-1");
      assertThat(member.address().host()).startsWith("10.");
      assertThat(member.address().port()).isEqualTo(80);
      answersWith("web-1", member);
    }
  }

  @Test
  void aPausedContainerIsDrainedUntilItIsUnpaused() throws Exception {
    docker().run(labelled("web-1"));
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      awaitCondition(watched, 0, "web-1", Condition.READY);
      docker().pause("web-1");
      int paused = watched.count();
      Complete report = awaitCondition(watched, 1, "web-1", Condition.DRAINING);
      assertThat(report.remarks()).containsExactly("web-1 is paused");
      docker().unpause("web-1");
      awaitCondition(watched, paused, "web-1", Condition.READY);
    }
  }

  @Test
  void aContainerComesWhenItIsHealthyAndDrainsWhenItIsNot() throws Exception {
    docker().run(labelled("web-1").healthy("test -e /www/up"));
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      watched.awaitMembers(Set.of());
      docker().exec("web-1", "touch /www/up");
      awaitCondition(watched, 0, "web-1", Condition.READY);
      int healthy = watched.count();
      docker().exec("web-1", "rm /www/up");
      awaitCondition(watched, healthy, "web-1", Condition.DRAINING);
    }
  }

  @Test
  void theStopSignalBeginsADrainAndTheEndIsHardEvidence() throws Exception {
    docker().run(labelled("web-1").stoppedBy("SIGUSR1"));
    docker().run(labelled("web-2"));
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      MemberId id = member(watched.awaitMembers(Set.of("web-1", "web-2")), "web-1").id();
      docker().signal("web-1", "SIGWINCH");
      docker().signal("web-1", "SIGUSR1");
      awaitCondition(watched, 0, "web-1", Condition.DRAINING);
      docker().remove("web-1");
      Complete without = watched.awaitMembers(1, Set.of("web-2"));
      assertThat(without.ended()).containsEntry(id, "container web-1 exited with code 137");
    }
  }

  @Test
  void anotherSignalChangesNothing() throws Exception {
    docker().run(labelled("web-1"));
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      watched.awaitMembers(Set.of("web-1"));
      docker().signal("web-1", "SIGWINCH");
      docker().run(labelled("web-2"));
      Complete both = watched.awaitMembers(Set.of("web-1", "web-2"));
      assertThat(member(both, "web-1").condition()).isEqualTo(Condition.READY);
    }
  }

  @Test
  void aContainerThatIsStartedAgainIsReadyAgain() throws Exception {
    docker().run(labelled("web-1"));
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      watched.awaitMembers(Set.of("web-1"));
      docker().stop("web-1", Duration.ZERO);
      watched.awaitMembers(Set.of());
      int before = watched.count();
      docker().start("web-1");
      awaitCondition(watched, before, "web-1", Condition.READY);
    }
  }

  @Test
  void oneThatLeavesTheNetworkOrTheSelectionIsMissingAndNotEnded() throws Exception {
    docker().run(labelled("web-1"));
    docker().run(labelled("web-2"));
    Selection named =
        new Selection(List.of(), Optional.of(new NameRule("web-[0-9]")), Optional.empty());
    try (WatchedSource watched = watch(named, inside(OptionalInt.of(80)))) {
      watched.awaitMembers(Set.of("web-1", "web-2"));
      docker().rename("web-1", "old-web-1");
      assertThat(watched.awaitMembers(Set.of("web-2")).ended()).isEmpty();
      docker().rename("old-web-1", "web-1");
      int before = watched.count();
      watched.awaitMembers(before - 1, Set.of("web-1", "web-2"));
      docker().disconnect("web-1");
      Complete without = watched.awaitMembers(before, Set.of("web-2"));
      assertThat(without.ended()).isEmpty();
      assertThat(without.remarks())
          .singleElement()
          .asString()
          .startsWith("web-1 is in networks {}");
      docker().connect("web-1");
      watched.awaitMembers(watched.count() - 1, Set.of("web-1", "web-2"));
    }
  }

  @Test
  void anImageIsKnownByItsNameAlsoAfterItsTagHasMovedOn() throws Exception {
    docker().run(labelled("web-1"));
    Selection image = new Selection(List.of(), Optional.empty(), Optional.of(DockerDaemon.IMAGE));
    try (WatchedSource watched = watch(image, inside(OptionalInt.of(80)))) {
      watched.awaitMembers(Set.of("web-1"));
      docker().replaceImage();
      docker().run(labelled("web-2"));
      watched.awaitMembers(Set.of("web-1", "web-2"));
      docker().pause("web-1");
      awaitCondition(watched, 1, "web-1", Condition.DRAINING);
    }
    try (WatchedSource later = watch(image, inside(OptionalInt.of(80)))) {
      later.awaitMembers(Set.of("web-1", "web-2"));
      docker().unpause("web-1");
    }
  }

  @Test
  void noMemberLeavesWhileTheDaemonIsStoppedAndStartedAgain() throws Exception {
    docker().run(labelled("web-1"));
    docker().run(labelled("web-2"));
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      watched.awaitMembers(Set.of("web-1", "web-2"));
      docker().stopDaemon();
      watched.awaitUnavailable(1);
      int stopped = watched.count();
      docker().startDaemon();
      watched.awaitMembers(stopped, Set.of("web-1", "web-2"));
      docker().killDaemon();
      watched.awaitUnavailable(stopped + 1);
      int killed = watched.count();
      docker().startDaemon();
      watched.awaitMembers(killed, Set.of("web-1", "web-2"));
      assertThat(watched.reports())
          .allSatisfy(report -> {
            if (report instanceof Complete complete) {
              assertThat(WatchedSource.names(complete)).containsExactly("web-1", "web-2");
              assertThat(complete.ended()).isEmpty();
            }
          });
    }
  }

  @Test
  void oneThatEndsWhileTheDaemonIsDownIsEndedAfterwards() throws Exception {
    docker().run(labelled("web-1").running("while ! test -e /www/stop; do sleep 0.1; done"));
    docker().run(labelled("web-2"));
    String address = docker().inspect("web-1").replaceAll("(?s).*\"Pid\":([0-9]+).*", "$1");
    try (WatchedSource watched = watch(inside(OptionalInt.of(80)))) {
      MemberId id = member(watched.awaitMembers(Set.of("web-1", "web-2")), "web-1").id();
      docker().stopDaemon();
      watched.awaitUnavailable(1);
      ProcessHandle.of(Long.parseLong(address)).orElseThrow().destroyForcibly();
      docker().startDaemon();
      Complete without = watched.awaitMembers(2, Set.of("web-2"));
      assertThat(without.ended()).containsKey(id);
    }
  }

  private DockerDaemon docker() {
    if (started == null) {
      throw new IllegalStateException("no daemon");
    }
    return started;
  }

  private static ContainerSpec labelled(String name) {
    return ContainerSpec.sleeper(name).label("app", "web");
  }

  private static Selection byLabel() {
    return new Selection(List.of("app=web"), Optional.empty(), Optional.empty());
  }

  private static Addressing published() {
    return new Addressing.Published(OptionalInt.empty(), "127.0.0.1");
  }

  private static Addressing inside(OptionalInt port) {
    return new Addressing.Inside(port, Optional.of(DockerDaemon.NETWORK));
  }

  private WatchedSource watch(Addressing addressing) {
    return watch(byLabel(), addressing);
  }

  private WatchedSource watch(Selection selection, Addressing addressing) {
    DockerSourceType.Options options =
        new DockerSourceType.Options(
            selection, addressing, HttpTarget.parse("unix:" + docker().socket()));
    return WatchedSource.start(
        new DockerSourceType().open(options, FakeEngineWorld.CONTEXT), PATIENCE);
  }

  private static Complete awaitCondition(
      WatchedSource watched, int from, String name, Condition condition)
      throws InterruptedException {
    Predicate<SourceReport> wanted =
        report ->
            report instanceof Complete complete
                && complete.members().stream()
                    .filter(member -> member.name().equals(Optional.of(name)))
                    .anyMatch(member -> member.condition() == condition);
    return (Complete) watched.await(from, name + " " + condition, wanted);
  }

  private static Member member(Complete report, String name) {
    return report.members().stream()
        .filter(member -> member.name().equals(Optional.of(name)))
        .findFirst()
        .orElseThrow();
  }

  private static void answersWith(String text, Member member)
      throws IOException, InterruptedException {
    HttpTarget target = new HttpTarget.Tcp((Endpoint) member.address());
    try (HttpCalls calls = HttpCalls.to(target)) {
      await()
          .atMost(PATIENCE)
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(() ->
              assertThat(calls.get("/", Duration.ofSeconds(1), 100))
                  .extracting(HttpAnswer::status, HttpAnswer::body)
                  .containsExactly(200, text + "\n"));
    }
  }
}

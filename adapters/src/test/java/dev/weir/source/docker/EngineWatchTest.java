package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.net.HttpTarget;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How an engine is asked: in which version, how often, and by how many. */
final class EngineWatchTest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  private FakeEngine engine = FakeEngine.on(1);
  private FakeEngineWorld world = new FakeEngineWorld(engine, HttpTarget.parse("127.0.0.1:1"));

  @BeforeEach
  void start() throws Exception {
    Path socket = folder.resolve("docker.sock");
    engine = FakeEngine.on(socket);
    world = new FakeEngineWorld(engine, HttpTarget.parse("unix://" + socket));
    world.hold(List.of("alpha"));
  }

  @AfterEach
  void stop() throws Exception {
    engine.close();
  }

  @Test
  void speaksAnOlderEnginesVersion() throws Exception {
    engine.version("{\"ApiVersion\":\"1.30\",\"MinAPIVersion\":\"1.12\"}");
    assertThat(pathsOfAWatch()).allMatch(path -> path.startsWith("/v1.30/"));
  }

  @Test
  void speaksTheOldestVersionOfAMuchNewerEngine() throws Exception {
    engine.version("{\"ApiVersion\":\"1.60\",\"MinAPIVersion\":\"1.44\"}");
    assertThat(pathsOfAWatch()).allMatch(path -> path.startsWith("/v1.44/"));
  }

  @Test
  void refusesAnEngineThatIsTooOld() throws Exception {
    engine.version("{\"ApiVersion\":\"1.18\",\"MinAPIVersion\":\"1.12\"}");
    try (WatchedSource watched = watch()) {
      assertThat(watched.awaitUnavailable(0).reason())
          .endsWith("speaks API 1.18 (expected: 1.24 or newer)");
    }
  }

  @Test
  void manySourcesShareOneStreamWhichEndsWithTheLast() throws Exception {
    try (WatchedSource first = watch()) {
      first.awaitMembers(Set.of("alpha"));
      try (WatchedSource second = watch()) {
        second.awaitMembers(Set.of("alpha"));
        assertThat(engine.streams()).isEqualTo(1);
      }
      world.hold(List.of("alpha", "beta"));
      first.awaitMembers(Set.of("alpha", "beta"));
      assertThat(first.stop()).isLessThan(Duration.ofSeconds(1));
    }
    await().atMost(PATIENCE).until(() -> engine.streams() == 0);
    try (WatchedSource again = watch()) {
      again.awaitMembers(Set.of("alpha", "beta"));
    }
  }

  @Test
  void aLostStreamAloneIsNoOutage() throws Exception {
    try (WatchedSource watched = watch()) {
      watched.awaitMembers(Set.of("alpha"));
      engine.cut();
      world.hold(List.of("alpha", "beta"));
      watched.awaitMembers(Set.of("alpha", "beta"));
      assertThat(watched.reports()).hasSize(2);
    }
  }

  @Test
  void aHundredEventsAtOnceAreAskedAboutOnce() throws Exception {
    try (WatchedSource watched = watch()) {
      watched.awaitMembers(Set.of("alpha"));
      int before = engine.requests().size();
      StringBuilder burst = new StringBuilder();
      for (int i = 0; i < 99; i++) {
        burst.append(FakeEngineWorld.event("rename", "id-" + i)).append('\n');
      }
      engine.emit(burst + FakeEngineWorld.event("rename", "id-99"));
      world.hold(List.of("alpha", "beta"));
      watched.awaitMembers(Set.of("alpha", "beta"));
      assertThat(engine.requests().size() - before).isLessThan(50);
    }
  }

  @Test
  void anEngineThatTalksNonsenseInItsStreamIsAskedAgain() throws Exception {
    try (WatchedSource watched = watch()) {
      watched.awaitMembers(Set.of("alpha"));
      engine.emit("{\"Type\":");
      engine.emit("x".repeat(2_000_000));
      world.hold(List.of("alpha", "beta"));
      watched.awaitMembers(Set.of("alpha", "beta"));
    }
  }

  private List<String> pathsOfAWatch() throws Exception {
    try (WatchedSource watched = watch()) {
      watched.awaitMembers(Set.of("alpha"));
    }
    assertThat(engine.requests()).contains("/version");
    return engine.requests().stream().filter(path -> !path.equals("/version")).toList();
  }

  private WatchedSource watch() {
    return WatchedSource.start(world.source(), PATIENCE);
  }
}

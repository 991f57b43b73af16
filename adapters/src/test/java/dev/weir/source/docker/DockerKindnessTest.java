package dev.weir.source.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.net.HttpTarget;
import dev.weir.testkit.Crowd;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an engine is asked, however many pools there are. */
class DockerKindnessTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration IDLE = Duration.ofSeconds(3);

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  @Test
  void manyPoolsOfOneEngineCostOneStreamOfEventsAndNothingBesidesWhileNothingHappens()
      throws Exception {
    FakeEngine engine = FakeEngine.on(folder.resolve("docker.sock"));
    HttpTarget target = HttpTarget.parse("unix:" + folder.resolve("docker.sock"));
    DockerSourceType type = new DockerSourceType(Pace.USUAL);
    DockerSourceType.Options options =
        new DockerSourceType.Options(
            new Selection(List.of("app=web"), Optional.empty(), Optional.empty()),
            new Addressing.Published(OptionalInt.of(80), "127.0.0.1"),
            target);
    try (FakeEngineWorld world = new FakeEngineWorld(engine, target)) {
      world.hold(List.of("alpha"));
      try (Crowd crowd =
          Crowd.of(20, () -> type.open(options, FakeEngineWorld.CONTEXT), PATIENCE)) {
        crowd.awaitMembers(Set.of("alpha"));
        assertThat(engine.streams()).isEqualTo(1);
        List<String> before = engine.requests();
        assertThat(before).hasSize(3);
        await()
            .atMost(PATIENCE)
            .during(IDLE)
            .untilAsserted(() -> assertThat(engine.requests()).isEqualTo(before));
      }
    }
  }
}

package dev.weir.source.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.net.HttpTarget;
import dev.weir.testkit.WatchedSource;
import dev.weir.testkit.real.ContainerSpec;
import dev.weir.testkit.real.DockerDaemon;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresServer({Server.DOCKERD, Server.BUSYBOX})
final class RealDockerTcpTest {

  @Test
  void anEngineIsFollowedOverTcp(@TempDir(factory = ShortTempDir.class) Path folder)
      throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "a Docker daemon needs root");
    int port = FreePorts.one();
    DockerSourceType.Options options =
        new DockerSourceType.Options(
            new Selection(List.of("app=web"), Optional.empty(), Optional.empty()),
            new Addressing.Inside(OptionalInt.of(80), Optional.empty()),
            HttpTarget.parse("tcp://127.0.0.1:" + port));
    try (DockerDaemon docker = DockerDaemon.startOnPort(folder, port);
        WatchedSource watched =
            WatchedSource.start(
                new DockerSourceType().open(options, FakeEngineWorld.CONTEXT),
                Duration.ofSeconds(30))) {
      watched.awaitMembers(Set.of());
      docker.run(ContainerSpec.sleeper("web-1").label("app", "web"));
      watched.awaitMembers(Set.of("web-1"));
    }
  }
}

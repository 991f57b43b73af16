package dev.weir.source.docker;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.DockerDaemon;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@RequiresServer({Server.DOCKERD, Server.BUSYBOX})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealDockerPoolsContractTest extends SourceContract {

  private DockerDaemon docker;

  @BeforeAll
  void start(@TempDir(factory = ShortTempDir.class) Path folder) throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "a Docker daemon needs root");
    docker = DockerDaemon.start(folder);
  }

  @AfterAll
  void stop() {
    if (docker != null) {
      docker.close();
    }
  }

  @Override
  protected SourceWorld world() {
    return RealDockerWorld.ofPools(docker);
  }
}

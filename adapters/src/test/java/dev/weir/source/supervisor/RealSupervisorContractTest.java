package dev.weir.source.supervisor;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@RequiresServer(Server.SUPERVISORD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealSupervisorContractTest extends SourceContract {

  private RunningSupervisord server;
  private Path folder;

  @BeforeAll
  void start(@TempDir Path shared) throws Exception {
    folder = shared;
    server = new RunningSupervisord(shared, SupervisorWorld.PROGRAMS);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected SourceWorld world() throws IOException {
    return new SupervisorWorld(server, folder);
  }
}

package dev.weir.kv.zookeeper.client;

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

/** Members that a ZooKeeper holds. */
@RequiresServer(Server.ZOOKEEPER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealZookeeperSourceContractTest extends SourceContract {

  private ZookeeperServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = ZookeeperServer.start(folder);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected SourceWorld world() throws IOException {
    return new ZookeeperMembersWorld(new ZookeeperWorld(server));
  }
}

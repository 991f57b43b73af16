package dev.weir.kv.zookeeper.client;

import dev.weir.testkit.contract.KeyValueStoreContract;
import dev.weir.testkit.contract.KeyValueWorld;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real ZooKeeper. */
@RequiresServer(Server.ZOOKEEPER)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealZookeeperStoreContractTest extends KeyValueStoreContract {

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
  protected KeyValueWorld world() throws IOException {
    return new ZookeeperWorld(server);
  }
}

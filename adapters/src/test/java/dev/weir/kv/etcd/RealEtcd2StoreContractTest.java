package dev.weir.kv.etcd;

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

@RequiresServer(Server.ETCD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealEtcd2StoreContractTest extends KeyValueStoreContract {

  private EtcdServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = EtcdServer.start(folder, "--enable-v2=true");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected KeyValueWorld world() throws IOException {
    return new Etcd2World(server);
  }
}

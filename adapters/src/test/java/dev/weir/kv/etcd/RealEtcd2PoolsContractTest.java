package dev.weir.kv.etcd;

import dev.weir.source.keyvalue.StoredMembersWorld;
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

@RequiresServer(Server.ETCD)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealEtcd2PoolsContractTest extends SourceContract {

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
  protected SourceWorld world() throws IOException {
    return StoredMembersWorld.ofPools(new Etcd2World(server));
  }
}

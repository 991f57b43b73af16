package dev.weir.kv.redis.lettuce;

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

/** A Redis that tells of changes. */
@RequiresServer(Server.REDIS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealRedisStoreContractTest extends KeyValueStoreContract {

  private RedisServer server;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    server = RedisServer.start(folder, RedisServer.TELLING);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Override
  protected KeyValueWorld world() throws IOException {
    return new RedisWorld(server);
  }
}

package dev.weir.kv.redis.lettuce;

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

/** Members that a Redis holds. */
@RequiresServer(Server.REDIS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RealRedisSourceContractTest extends SourceContract {

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
  protected SourceWorld world() throws IOException {
    return new RedisMembersWorld(new RedisWorld(server));
  }
}

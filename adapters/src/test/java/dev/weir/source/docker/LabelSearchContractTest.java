package dev.weir.source.docker;

import dev.weir.net.HttpTarget;
import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.ShortTempDir;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class LabelSearchContractTest extends SourceContract {

  @TempDir(factory = ShortTempDir.class)
  private Path folder;

  @Override
  protected SourceWorld world() {
    Path socket = folder.resolve("docker.sock");
    return FakeEngineWorld.ofPools(FakeEngine.on(socket), HttpTarget.parse("unix:" + socket));
  }
}

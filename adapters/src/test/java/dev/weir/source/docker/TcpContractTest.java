package dev.weir.source.docker;

import dev.weir.net.HttpTarget;
import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;
import dev.weir.testkit.real.FreePorts;

final class TcpContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    int port = FreePorts.one();
    return new FakeEngineWorld(FakeEngine.on(port), HttpTarget.parse("tcp://127.0.0.1:" + port));
  }
}

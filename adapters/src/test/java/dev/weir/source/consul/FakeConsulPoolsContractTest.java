package dev.weir.source.consul;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;

final class FakeConsulPoolsContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return ConsulWorld.ofPools();
  }
}

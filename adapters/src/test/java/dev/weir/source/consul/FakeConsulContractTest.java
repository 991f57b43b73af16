package dev.weir.source.consul;

import dev.weir.testkit.contract.SourceContract;
import dev.weir.testkit.contract.SourceWorld;

final class FakeConsulContractTest extends SourceContract {

  @Override
  protected SourceWorld world() {
    return new ConsulWorld();
  }
}

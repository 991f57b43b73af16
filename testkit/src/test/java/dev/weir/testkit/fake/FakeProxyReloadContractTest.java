package dev.weir.testkit.fake;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;

final class FakeProxyReloadContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() {
    return new FakeProxyRig(FakeProxyDriver.Updates.RELOAD);
  }
}

package dev.weir.driver.haproxy;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** Parameters that a dynamic server does not take: members change by reload. */
@RequiresServer(Server.HAPROXY)
class HaproxyReloadContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return new HaproxyRig(HaproxyRig.ONLY_BY_RELOAD);
  }
}

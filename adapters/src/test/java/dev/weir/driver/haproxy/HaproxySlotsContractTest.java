package dev.weir.driver.haproxy;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** Parameters that a dynamic server does not take: members take and leave slots. */
@RequiresServer(Server.HAPROXY)
class HaproxySlotsContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return new HaproxyRig(HaproxyRig.SLOTS);
  }
}

package dev.weir.driver.haproxy;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** The driver contract, servers in sections of the user's. */
@RequiresServer(Server.HAPROXY)
class HaproxyEditContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return HaproxyRig.edited(HaproxyRig.LIVE);
  }
}

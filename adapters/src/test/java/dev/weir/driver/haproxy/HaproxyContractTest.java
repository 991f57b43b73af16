package dev.weir.driver.haproxy;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** Members change by the admin socket. */
@RequiresServer(Server.HAPROXY)
class HaproxyContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return new HaproxyRig(HaproxyRig.LIVE);
  }
}

package dev.weir.driver.nginx;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** The driver contract, upstreams in a file of the user's. */
@RequiresServer(Server.NGINX)
class NginxEditContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return NginxRig.edited();
  }
}

package dev.weir.driver.nginx;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** The driver contract, members changed without a reload. */
@RequiresServer({Server.NGINX, Server.NGINX_LUA})
class NginxLiveContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return NginxRig.live();
  }
}

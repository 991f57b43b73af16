package dev.weir.driver.nginx;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** The driver contract, upstreams in Weir's file for {@code stream}. */
@RequiresServer({Server.NGINX, Server.NGINX_STREAM})
class NginxStreamContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return NginxRig.stream();
  }
}

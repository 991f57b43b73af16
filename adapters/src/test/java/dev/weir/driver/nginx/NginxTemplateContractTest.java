package dev.weir.driver.nginx;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** The driver contract, the whole file rendered from a template in Go's language. */
@RequiresServer(Server.NGINX)
class NginxTemplateContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return NginxRig.rendered(".tmpl");
  }
}

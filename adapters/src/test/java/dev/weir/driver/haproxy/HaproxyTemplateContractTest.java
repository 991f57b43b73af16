package dev.weir.driver.haproxy;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** The driver contract, the whole file rendered from a template in Jinja2's language. */
@RequiresServer(Server.HAPROXY)
class HaproxyTemplateContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return HaproxyRig.rendered();
  }
}

package dev.weir.driver.nginx;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

/** Where a test may not mount: the staged file by itself first, the real tree after the swap. */
@RequiresServer(Server.NGINX)
class NginxWithoutMountContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return new NginxRig(TreeTest.Way.BY_ITSELF);
  }
}

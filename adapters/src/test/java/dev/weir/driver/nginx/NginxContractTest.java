package dev.weir.driver.nginx;

import dev.weir.testkit.contract.ProxyDriverContract;
import dev.weir.testkit.contract.ProxyRig;
import dev.weir.testkit.real.RequiresServer;
import dev.weir.testkit.real.Server;

@RequiresServer(Server.NGINX)
class NginxContractTest extends ProxyDriverContract {

  @Override
  protected ProxyRig newRig() throws Exception {
    return new NginxRig(TreeTrial.Way.MOUNTED);
  }
}

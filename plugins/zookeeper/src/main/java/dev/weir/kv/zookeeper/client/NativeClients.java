package dev.weir.kv.zookeeper.client;

import dev.weir.kv.zookeeper.ZookeeperClients;
import dev.weir.kv.zookeeper.ZookeeperOptions;
import dev.weir.kv.zookeeper.ZookeeperPatience;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;

/** Makes clients with ZooKeeper's own library; what the plug-in brings. */
public final class NativeClients implements ZookeeperClients {

  @Override
  public KeyValueStore open(ZookeeperOptions options, ZookeeperPatience patience, Time time) {
    return new ZookeeperStore(options, patience, time);
  }
}

package dev.weir.kv.zookeeper;

import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;

/** Makes clients of ZooKeeper; what the plug-in {@code zookeeper} brings. */
public interface ZookeeperClients {

  /** A client; does no I/O yet. */
  KeyValueStore open(ZookeeperOptions options, ZookeeperPatience patience, Time time);
}

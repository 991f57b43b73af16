/** ZooKeeper, asked through its own client. */
@NullMarked
package dev.weir.kv.zookeeper.client;

import org.jspecify.annotations.NullMarked;

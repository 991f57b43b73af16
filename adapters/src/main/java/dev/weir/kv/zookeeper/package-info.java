/** How a ZooKeeper is configured as a key-value store; its client is a plug-in. */
@NullMarked
package dev.weir.kv.zookeeper;

import org.jspecify.annotations.NullMarked;

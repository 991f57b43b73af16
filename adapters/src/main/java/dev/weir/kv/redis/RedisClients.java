package dev.weir.kv.redis;

import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;

/** Makes clients of Redis; what the plug-in {@code redis} brings. */
public interface RedisClients {

  /** A client; does no I/O yet. */
  KeyValueStore open(RedisOptions options, RedisPatience patience, Time time);
}

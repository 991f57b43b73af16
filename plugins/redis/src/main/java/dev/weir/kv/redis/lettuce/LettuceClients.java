package dev.weir.kv.redis.lettuce;

import dev.weir.kv.redis.RedisClients;
import dev.weir.kv.redis.RedisOptions;
import dev.weir.kv.redis.RedisPatience;
import dev.weir.spi.KeyValueStore;
import dev.weir.spi.Time;

/** Makes clients of Redis with Lettuce; what the plug-in brings. */
public final class LettuceClients implements RedisClients {

  @Override
  public KeyValueStore open(RedisOptions options, RedisPatience patience, Time time) {
    return new RedisStore(new Connector(options, patience), patience, time);
  }
}

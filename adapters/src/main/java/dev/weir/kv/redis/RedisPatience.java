package dev.weir.kv.redis;

import java.time.Duration;

/**
 * How long a Redis is waited for.
 *
 * @param answer for one answer
 * @param silence after so long without news the connections are tried
 * @param poll between two looks at a Redis that tells no news
 * @param rest after news, so that many changes at once are not read one by one
 */
public record RedisPatience(Duration answer, Duration silence, Duration poll, Duration rest) {

  public static final RedisPatience USUAL =
      new RedisPatience(
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(2),
          Duration.ofMillis(5));
}

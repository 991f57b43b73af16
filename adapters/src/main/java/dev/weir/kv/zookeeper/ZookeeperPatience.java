package dev.weir.kv.zookeeper;

import java.time.Duration;

/**
 * How long an ensemble is waited for.
 *
 * @param answer for one answer, and for a connection that was lost
 * @param session how long a silent server is believed to be alive: a connection that says nothing
 *     for two thirds of it is given up
 * @param rest after news, so that many changes at once are not read one by one
 */
public record ZookeeperPatience(Duration answer, Duration session, Duration rest) {

  public static final ZookeeperPatience USUAL =
      new ZookeeperPatience(Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofMillis(5));
}

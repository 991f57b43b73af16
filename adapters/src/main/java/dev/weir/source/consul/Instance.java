package dev.weir.source.consul;

import java.util.SortedMap;

/**
 * One instance of a service.
 *
 * @param id unique on its node
 * @param host its own address, or that of its node
 * @param port 0 where it has none
 * @param weight while its checks pass, 1 or more, without a limit
 * @param standing what its checks say, the worst of all
 * @param labels its metadata, {@code node} and {@code tags}
 */
record Instance(
    String id,
    String host,
    int port,
    long weight,
    Standing standing,
    SortedMap<String, String> labels) {

  /** What is said of an instance, best first. */
  enum Standing {
    PASSING,
    WARNING,
    CRITICAL,
    /** Somebody has taken it, or its node, out of service. */
    MAINTENANCE
  }
}

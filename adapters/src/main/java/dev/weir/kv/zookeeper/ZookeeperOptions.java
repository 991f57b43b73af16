package dev.weir.kv.zookeeper;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an ensemble is reached.
 *
 * @param servers its members, at least one; any of them will do
 * @param login who reads; absent where the nodes may be read by anybody
 */
public record ZookeeperOptions(List<Address> servers, Optional<Login> login) {

  public ZookeeperOptions {
    servers = List.copyOf(servers);
    if (servers.isEmpty()) {
      throw new IllegalArgumentException("servers: [] (expected: at least one)");
    }
    for (Address server : servers) {
      if (server instanceof Endpoint.UnixSocket) {
        throw new IllegalArgumentException(
            "%s (expected: a host, not a unix socket)".formatted(server));
      }
    }
  }

  /** A user of the scheme {@code digest}. */
  public record Login(String user, Secret password) {}

  @Override
  public String toString() {
    return "zookeeper://"
        + servers.stream().map(Address::toString).collect(Collectors.joining(","));
  }
}

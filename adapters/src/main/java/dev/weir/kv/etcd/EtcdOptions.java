package dev.weir.kv.etcd;

import dev.weir.net.HttpOrigin;
import dev.weir.net.TlsFiles;
import dev.weir.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a cluster is reached.
 *
 * @param endpoints its members, at least one; any of them will do
 * @param login who reads; absent where the cluster asks nobody
 */
public record EtcdOptions(List<HttpOrigin> endpoints, TlsFiles tls, Optional<Login> login) {

  public EtcdOptions {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("endpoints: [] (expected: at least one)");
    }
  }

  /** A user of etcd's own. */
  public record Login(String user, Secret password) {}

  @Override
  public String toString() {
    return endpoints.stream().map(HttpOrigin::toString).collect(Collectors.joining(","));
  }
}

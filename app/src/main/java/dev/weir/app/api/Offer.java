package dev.weir.app.api;

import dev.weir.model.AccessToken.Role;
import dev.weir.model.Endpoint;
import dev.weir.net.ServerTlsFiles;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * One place where the API is offered, and how.
 *
 * @param tls absent: in the clear
 */
public record Offer(Endpoint endpoint, Optional<Tls> tls) {

  /**
   * How TLS is spoken there.
   *
   * @param roles of clients by the subjects of their certificates
   */
  public record Tls(ServerTlsFiles files, Map<X500Principal, Role> roles) {
    public Tls {
      roles = Map.copyOf(roles);
    }
  }

  /** In the clear. */
  public static Offer plain(Endpoint endpoint) {
    return new Offer(endpoint, Optional.empty());
  }

  /** Whether only this machine can reach it. */
  public boolean isLocal() {
    return switch (endpoint) {
      case Endpoint.UnixSocket ignored -> true;
      case Endpoint.Ip ip -> ip.ip().isLoopbackAddress();
    };
  }

  /** Why it is not to be offered so; absent where it may be. */
  public Optional<String> exposure() {
    return isLocal() || tls.isPresent()
        ? Optional.empty()
        : Optional.of(
            ("api: %s can be reached from other machines and has no TLS (expected: tls: { cert:"
                    + " FILE, key: FILE }, or a loopback address, or unix:/PATH)")
                .formatted(endpoint));
  }

  /** The endpoint, as listeners are named. */
  @Override
  public String toString() {
    return endpoint.toString();
  }
}

package dev.weir.kv.redis;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;

/**
 * Where a Redis listens.
 *
 * @param transport whether TLS is spoken
 */
public record RedisAddress(Transport transport, Address address) {

  private static final int PORT = 6379;
  private static final String PLAIN = "redis://";
  private static final String SECURED = "rediss://";

  /** How a Redis is spoken to. */
  public enum Transport {
    PLAIN,
    TLS
  }

  public RedisAddress {
    if (address instanceof Endpoint.UnixSocket) {
      throw new IllegalArgumentException(
          "%s (expected: a host, not a unix socket)".formatted(address));
    }
  }

  /**
   * Reads {@code redis://HOST[:PORT]}, {@code rediss://HOST[:PORT]} with TLS, or {@code
   * HOST[:PORT]}.
   *
   * @throws IllegalArgumentException with the value and what was expected
   */
  public static RedisAddress parse(String text) {
    Transport transport = text.startsWith(SECURED) ? Transport.TLS : Transport.PLAIN;
    String rest = text.replaceFirst("^rediss?://", "");
    boolean hasPort = rest.matches(".*[^:]:[0-9]+") && !rest.endsWith("]");
    return new RedisAddress(transport, Address.parse(hasPort ? rest : rest + ":" + PORT));
  }

  @Override
  public String toString() {
    return (transport == Transport.TLS ? SECURED : PLAIN) + address;
  }
}

package dev.weir.app.cli;

import dev.weir.model.Address;
import dev.weir.model.Endpoint;
import dev.weir.net.TlsFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where a Weir listens, and how it is spoken to.
 *
 * @param tls absent: in the clear
 */
record Server(Address address, Optional<TlsFiles> tls) {

  private static final String HTTPS = "https://";

  /**
   * What a text says: {@code unix:/PATH}, {@code HOST:PORT} or {@code https://HOST:PORT}.
   *
   * @param files for those with TLS
   */
  static Server parse(String text, TlsFiles files) {
    boolean secure = text.startsWith(HTTPS);
    String bare = text.replaceFirst("^https?://", "").replaceFirst("/$", "");
    Address address = Address.parse(bare.startsWith("/") ? "unix:" + bare : bare);
    if (secure && address instanceof Endpoint.UnixSocket) {
      throw new IllegalArgumentException("TLS on a unix socket");
    }
    return new Server(address, secure ? Optional.of(files) : Optional.empty());
  }

  /** Whether nobody else can listen to what is said to it. */
  boolean isPrivate() {
    return tls.isPresent()
        || switch (address) {
          case Endpoint.UnixSocket ignored -> true;
          case Endpoint.Ip ip -> ip.ip().isLoopbackAddress();
          case Address.Host host -> host.name().equals("localhost");
        };
  }

  /** Connects; no read on the wire lasts longer than patience. */
  Wire connect(Duration patience) throws IOException {
    return tls.isPresent()
        ? TlsWire.connect(address, tls.get(), patience)
        : PlainWire.connect(address, patience);
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (tls.isPresent() ? HTTPS : "") + address;
  }
}

package dev.weir.net;

import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who a server is and whose clients it knows, in files with PEM text.
 *
 * @param cert the server's certificate, with those that vouch for it
 * @param key its private key, not encrypted
 * @param clients the certificates that those of clients must be vouched for by; absent: none is
 *     asked for
 */
public record ServerTlsFiles(Path cert, Path key, Optional<Path> clients) {

  /** All of them. */
  Stream<Path> all() {
    return Stream.concat(Stream.of(cert, key), clients.stream());
  }
}

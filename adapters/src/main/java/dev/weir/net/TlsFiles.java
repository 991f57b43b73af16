package dev.weir.net;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whom a client trusts and who it is, in files with PEM text.
 *
 * @param ca the certificates that are trusted; absent: those that the JDK trusts
 * @param cert the client's own certificate, with those that vouch for it; absent: none
 * @param key the client's private key, not encrypted; there if and only if the certificate is
 */
public record TlsFiles(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {

  /** The JDK's trust, and no certificate of one's own. */
  public static final TlsFiles NONE =
      new TlsFiles(Optional.empty(), Optional.empty(), Optional.empty());

  public TlsFiles {
    if (cert.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException(
          "%s alone (expected: cert and key together)"
              .formatted(cert.isPresent() ? "cert" : "key"));
    }
  }

  /**
   * TLS of a client with them.
   *
   * @throws IOException with the file and what is wrong with it
   */
  public SSLContext context() throws IOException {
    return PemFiles.context(this);
  }
}

package dev.weir.net;

import dev.weir.spi.Shape;
import dev.weir.spi.Values;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** How a configuration names the files of TLS, alike wherever Weir is a client. */
public final class TlsKeys {

  private static final Shape<Path> FILE = Shape.scalar("the path of a file", TlsKeys::path);

  /** Whom to trust. */
  public static final Shape.Key<Path> CA =
      Shape.Key.optional(
          "ca",
          FILE,
          "Certificates (PEM) that the server's must be vouched for by; without it, those that the"
              + " JDK trusts.");

  /** Who Weir is. */
  public static final Shape.Key<Path> CERT =
      Shape.Key.optional(
          "cert", FILE, "The client's certificate (PEM), with those that vouch for it.");

  /** The key that goes with the certificate. */
  public static final Shape.Key<Path> KEY =
      Shape.Key.optional(
          "key", FILE, "The key of the client's certificate (PEM, PKCS#8, not encrypted).");

  private TlsKeys() {}

  /**
   * The files that the values name.
   *
   * @throws IllegalArgumentException for a certificate without its key or the reverse
   */
  public static TlsFiles files(Values values) {
    return new TlsFiles(values.find(CA), values.find(CERT), values.find(KEY));
  }

  private static Path path(String text) {
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("not a path", invalid);
    }
  }
}

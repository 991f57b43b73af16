package dev.weir.net;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * TLS of a server as its files say at one moment.
 *
 * @param names that the certificate is for, in lower case: host names, perhaps with {@code *} as
 *     their first label, and IP addresses
 * @param until when the certificate ends
 * @param stamp changes when any of the files does
 */
public record ServerTls(SSLContext context, Set<String> names, Instant until, String stamp) {

  private static final int DNS = 2;
  private static final int IP = 7;

  public ServerTls {
    names = Set.copyOf(names);
  }

  /**
   * Reads the files.
   *
   * @throws IOException with the file and what is wrong with it: not there, no PEM, a key that is
   *     of another certificate
   */
  public static ServerTls open(ServerTlsFiles files) throws IOException {
    String stamp = stampOf(files);
    X509Certificate own = PemFiles.certificate(files.cert());
    return new ServerTls(PemFiles.context(files), names(own), own.getNotAfter().toInstant(), stamp);
  }

  /**
   * Of the files as they are now.
   *
   * @throws IOException when one cannot be read
   */
  public static String stampOf(ServerTlsFiles files) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files.all().toList()) {
        digest.update(MessageDigest.getInstance("SHA-256").digest(PemFiles.bytes(file)));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Set<String> names(X509Certificate certificate) {
    try {
      return Stream.ofNullable(certificate.getSubjectAlternativeNames())
          .flatMap(names -> names.stream())
          .filter(name -> List.of(DNS, IP).contains(name.getFirst()))
          .map(name -> Objects.toString(name.get(1)).toLowerCase(Locale.ROOT))
          .collect(Collectors.toSet());
    } catch (CertificateParsingException e) {
      return Set.of();
    }
  }

  /** Whether the certificate is for this host, an IP address or a name. */
  public boolean isFor(String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    int dot = asked.indexOf('.');
    return names.contains(asked) || (dot > 0 && names.contains("*" + asked.substring(dot)));
  }
}

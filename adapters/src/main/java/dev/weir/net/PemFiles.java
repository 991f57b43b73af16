package dev.weir.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Makes TLS of files with PEM text. */
final class PemFiles {

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");
  private static final char[] NO_PASSWORD = new char[0];

  private PemFiles() {}

  /**
   * Reads the files.
   *
   * @throws IOException with the file and what is wrong with it
   */
  static SSLContext context(TlsFiles files) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          files.cert().isPresent()
              ? keys(files.cert().orElseThrow(), files.key().orElseThrow())
              : null,
          files.ca().isPresent() ? trust(files.ca().orElseThrow()) : null,
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /**
   * Reads the files of a server.
   *
   * @throws IOException with the file and what is wrong with it
   */
  static SSLContext context(ServerTlsFiles files) throws IOException {
    try {
      fit(files.cert(), files.key());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          keys(files.cert(), files.key()),
          files.clients().isPresent() ? trust(files.clients().orElseThrow()) : null,
          null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  /** The first certificate of a file, which is the owner's. */
  static X509Certificate certificate(Path file) throws IOException {
    if (certificates(file).getFirst() instanceof X509Certificate first) {
      return first;
    }
    throw new IOException(file + ": not an X.509 certificate (expected: PEM)");
  }

  /** What the key signs, the certificate has to confirm: files change one after the other. */
  private static void fit(Path cert, Path key) throws IOException, GeneralSecurityException {
    PrivateKey own = privateKey(key);
    String algorithm =
        switch (own.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> "EdDSA";
        };
    byte[] something = {1, 2, 3};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(own);
    signing.update(something);
    byte[] signed = signing.sign();
    if (!confirms(certificate(cert), algorithm, something, signed)) {
      throw new IOException(
          "%s: a key of another certificate (expected: that of %s)".formatted(key, cert));
    }
  }

  private static boolean confirms(
      X509Certificate certificate, String algorithm, byte[] something, byte[] signed) {
    try {
      Signature confirming = Signature.getInstance(algorithm);
      confirming.initVerify(certificate.getPublicKey());
      confirming.update(something);
      return confirming.verify(signed);
    } catch (GeneralSecurityException another) {
      return false;
    }
  }

  private static TrustManager @Nullable [] trust(Path ca)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    int number = 0;
    for (Certificate certificate : certificates(ca)) {
      store.setCertificateEntry("ca" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager @Nullable [] keys(Path cert, Path key)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    Certificate[] chain = certificates(cert).toArray(new Certificate[0]);
    store.setKeyEntry("weir", privateKey(key), NO_PASSWORD, chain);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static List<Certificate> certificates(Path file) throws IOException {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<Certificate> found =
          new ArrayList<>(factory.generateCertificates(new ByteArrayInputStream(bytes(file))));
      if (found.isEmpty()) {
        throw new IOException(file + ": no certificate in it (expected: PEM)");
      }
      return found;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + ": not a certificate (expected: PEM)", e);
    }
  }

  /**
   * What a file holds.
   *
   * @throws IOException that names the file
   */
  static byte[] bytes(Path file) throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be read", e);
    }
  }

  private static PrivateKey privateKey(Path file) throws IOException {
    Matcher matcher = KEY.matcher(new String(bytes(file), StandardCharsets.US_ASCII));
    if (!matcher.find() || !matcher.group(1).isEmpty()) {
      throw new IOException(
          file
              + ": no key in PKCS#8 without encryption (expected: BEGIN PRIVATE KEY; openssl pkcs8"
              + " -topk8 -nocrypt makes one of any other)");
    }
    byte[] encoded = decoded(file, matcher.group(2));
    for (String algorithm : List.of("EC", "RSA", "EdDSA")) {
      Optional<PrivateKey> key = privateKey(algorithm, encoded);
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new IOException(file + ": a key of no known kind (expected: EC, RSA or EdDSA)");
  }

  private static byte[] decoded(Path file, String base64) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": a key that is cut off or damaged (expected: PEM)", e);
    }
  }

  private static Optional<PrivateKey> privateKey(String algorithm, byte[] encoded) {
    try {
      return Optional.of(
          KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (GeneralSecurityException another) {
      return Optional.empty();
    }
  }
}

package dev.weir.testkit.real;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key with a certificate that vouches for itself, made anew by the JDK's keytool. */
public final class SelfSigned {

  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "weir";

  private final KeyStore store;
  private final Path pem;
  private final Path keyPem;

  private SelfSigned(KeyStore store, Path pem, Path keyPem) {
    this.store = store;
    this.pem = pem;
    this.keyPem = keyPem;
  }

  /** A certificate for these names, {@code dns:www.example.com} or {@code ip:127.0.0.1}. */
  public static SelfSigned create(Path folder, String... names)
      throws IOException, GeneralSecurityException, InterruptedException {
    return create(folder, List.of("-ext", "san=" + String.join(",", names)));
  }

  /** A certificate for these names that may be shown by servers only, not by clients. */
  public static SelfSigned forServersOnly(Path folder, String... names)
      throws IOException, GeneralSecurityException, InterruptedException {
    return create(
        folder, List.of("-ext", "san=" + String.join(",", names), "-ext", "eku=serverAuth"));
  }

  /** A certificate of this subject, {@code CN=ci,O=Example}, for a client. */
  public static SelfSigned ofSubject(Path folder, String subject)
      throws IOException, GeneralSecurityException, InterruptedException {
    return create(folder, subject, List.of());
  }

  private static SelfSigned create(Path folder, List<String> extensions)
      throws IOException, GeneralSecurityException, InterruptedException {
    return create(folder, "CN=weir-test", extensions);
  }

  private static SelfSigned create(Path folder, String subject, List<String> extensions)
      throws IOException, GeneralSecurityException, InterruptedException {
    Path file = Files.createTempFile(folder, "key", ".p12");
    Files.delete(file);
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(extensions);
    Started.start("keytool", folder, command).awaitExit(Duration.ofSeconds(30));
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    Certificate certificate = Objects.requireNonNull(store.getCertificate(ALIAS), "a certificate");
    Key key = Objects.requireNonNull(store.getKey(ALIAS, PASSWORD.toCharArray()), "a key");
    return new SelfSigned(
        store,
        writePem(folder, "CERTIFICATE", certificate.getEncoded()),
        writePem(folder, "PRIVATE KEY", key.getEncoded()));
  }

  private static Path writePem(Path folder, String what, byte[] content) throws IOException {
    String base64 = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        Files.createTempFile(folder, "weir", ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, base64, what));
  }

  /** The certificate as a file to trust. */
  public Path pem() {
    return pem;
  }

  /** The key as a file, not encrypted. */
  public Path keyPem() {
    return keyPem;
  }

  /** TLS for a server that shows this certificate. */
  public SSLContext server() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }
}

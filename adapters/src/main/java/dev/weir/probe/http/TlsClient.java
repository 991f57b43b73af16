package dev.weir.probe.http;

import dev.weir.model.Endpoint;
import dev.weir.net.Wire;
import dev.weir.probe.http.HttpOptions.Tls;
import dev.weir.probe.http.HttpOptions.Trust;
import dev.weir.spi.SetupException;
import dev.weir.spi.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Puts TLS on connections, and resumes a member's former session where it can. */
final class TlsClient {

  /** Read when the first check needs it: it takes a while. */
  private static final class SystemTrust {
    static final SSLContext CONTEXT = context();

    private static SSLContext context() {
      try {
        return SSLContext.getDefault();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this JDK has no TLS", e);
      }
    }
  }

  private final Optional<SSLContext> own;
  private final Optional<String> name;
  private final Trust trust;

  private TlsClient(Optional<SSLContext> own, Optional<String> name, Trust trust) {
    this.own = own;
    this.name = name;
    this.trust = trust;
  }

  /**
   * Reads the trusted certificates.
   *
   * @param host the Host header, whose name is used where the options have none
   */
  static TlsClient open(Tls options, Optional<String> host) throws SetupException {
    Optional<String> name =
        options.sni().or(() -> host.map(TlsClient::withoutPort)).filter(TlsClient::isName);
    Optional<SSLContext> own = Optional.empty();
    if (options.trust() == Trust.ANY) {
      own = Optional.of(context(new TrustManager[] {new TrustAnything()}));
    } else if (options.ca().isPresent()) {
      own = Optional.of(context(trusting(options.ca().get())));
    }
    return new TlsClient(own, name, options.trust());
  }

  private static String withoutPort(String host) {
    return host.replaceFirst(":[0-9]+$", "");
  }

  private static boolean isName(String host) {
    return !host.startsWith("[") && !host.matches("[0-9.]+");
  }

  /**
   * Shakes hands over a new connection.
   *
   * @throws javax.net.ssl.SSLException when they cannot agree, or the certificate is not trusted
   */
  Exchange over(Wire wire, Endpoint target, Optional<Transcript> transcript) throws IOException {
    String peer = target instanceof Endpoint.Ip ip ? ip.host() : "localhost";
    SSLSocket socket =
        (SSLSocket)
            own.orElseGet(() -> SystemTrust.CONTEXT)
                .getSocketFactory()
                .createSocket(wire.asSocket(), peer, target.port(), false);
    SSLParameters parameters = socket.getSSLParameters();
    if (trust == Trust.VERIFY) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    name.ifPresent(host -> parameters.setServerNames(List.of(new SNIHostName(host))));
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    transcript.ifPresent(it -> note(it, socket.getSession()));
    return new Exchange(wire, socket.getInputStream(), socket.getOutputStream());
  }

  private static void note(Transcript transcript, SSLSession session) {
    transcript.note("speaks %s with %s".formatted(session.getProtocol(), session.getCipherSuite()));
    try {
      if (session.getPeerCertificates()[0] instanceof X509Certificate shown) {
        transcript.note(
            "is shown the certificate of %s, until %s"
                .formatted(shown.getSubjectX500Principal(), shown.getNotAfter().toInstant()));
      }
    } catch (SSLPeerUnverifiedException e) {
      transcript.note("is shown no certificate");
    }
  }

  /** What a member has to show, for the message when it does not. */
  String expectation() {
    return trust == Trust.ANY
        ? " (expected: TLS)"
        : " (expected: a trusted certificate for %s)".formatted(name.orElse("its address"));
  }

  private static SSLContext context(TrustManager[] trusted) throws SetupException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trusted, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new SetupException("this JDK has no TLS: " + e.getMessage(), e);
    }
  }

  private static TrustManager[] trusting(Path file) throws SetupException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (certificates.isEmpty()) {
        throw new SetupException(unusable(file, "no certificate in it"));
      }
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("ca-" + store.size(), certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new SetupException(unusable(file, e.toString()), e);
    }
  }

  private static String unusable(Path file, String why) {
    return "ca: %s (expected: a readable file of PEM certificates): %s".formatted(file, why);
  }
}

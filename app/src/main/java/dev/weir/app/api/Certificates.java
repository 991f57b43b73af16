package dev.weir.app.api;

import dev.weir.net.ServerTls;
import dev.weir.net.ServerTlsFiles;
import dev.weir.spi.SetupException;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of one listener, always as its files are: they are looked at every few seconds,
 * and taken when all of them fit together. Connections that are open stay as they are. Safe for any
 * thread.
 */
final class Certificates implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final String listener;
  private final ServerTlsFiles files;
  private final SslContextFactory.Server factory;
  private final Thread looking = Thread.ofVirtual().name("api-tls").unstarted(this::look);
  private volatile ServerTls current;
  private String refused = ""; // owned by the thread that looks

  private Certificates(String listener, Offer.Tls tls) throws IOException {
    this.listener = listener;
    this.files = tls.files();
    this.current = ServerTls.open(files);
    this.factory = new SslContextFactory.Server();
    factory.setSslContext(current.context());
    factory.setWantClientAuth(files.clients().isPresent());
  }

  /**
   * Reads the files of a listener, and keeps looking at them.
   *
   * @throws SetupException when they cannot be used
   */
  static Certificates open(String listener, Offer.Tls tls) throws SetupException {
    try {
      Certificates opened = new Certificates(listener, tls);
      opened.looking.start();
      return opened;
    } catch (IOException e) {
      throw new SetupException("api: %s: tls: %s".formatted(listener, e.getMessage()), e);
    }
  }

  /** What the server library makes connections with. */
  SslContextFactory.Server factory() {
    return factory;
  }

  /** Whether the certificate is for this host. */
  boolean isFor(String host) {
    return current.isFor(host);
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        follow();
      }
    } catch (InterruptedException e) {
      // the listener is closed
    }
  }

  private void follow() throws InterruptedException {
    try {
      if (!ServerTls.stampOf(files).equals(current.stamp())) {
        ServerTls next = ServerTls.open(files);
        factory.reload(it -> it.setSslContext(next.context()));
        current = next;
        LOG.info("api: {} has a new certificate, until {}", listener, next.until());
      }
      refused = "";
    } catch (InterruptedException e) {
      throw e;
    } catch (Exception e) { // the library's method declares no less
      String why = String.valueOf(e.getMessage());
      if (!why.equals(refused)) {
        LOG.warn("api: {} keeps the certificate that it has: {}", listener, why);
      }
      refused = why;
    }
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}

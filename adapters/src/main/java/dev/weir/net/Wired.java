package dev.weir.net;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty's client of one HTTP server as it is wired here: few threads, no redirects, nothing
 * decoded, connections that are closed with it.
 */
final class Wired implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int MOST_THREADS = 8;

  /** One for each stream and each long poll that is open at a time. */
  private static final int MOST_CONNECTIONS = 10_000;

  private final HttpClient client;
  private final Connector connector;

  private Wired(HttpClient client, Connector connector) {
    this.client = client;
    this.connector = connector;
  }

  /**
   * Starts a client; it connects with the first call only.
   *
   * @throws IOException when the files for TLS cannot be used
   */
  static Wired to(HttpTarget target) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
    threads.setName("http-" + target);
    threads.setDaemon(true);
    Connector connector = new Connector();
    connector.setSelectors(1);
    connector.setExecutor(threads);
    connector.setConnectTimeout(CONNECT);
    connector.setSslContextFactory(tls(target));
    HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setExecutor(threads);
    client.setSocketAddressResolver(new BoundedResolver(InetAddress::getAllByName, CONNECT));
    client.setFollowRedirects(false);
    client.setUserAgentField(null);
    client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
    start(client);
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear(); // every status is an answer
    return new Wired(client, connector);
  }

  private static SslContextFactory.Client tls(HttpTarget target) throws IOException {
    return switch (target) {
      case HttpTarget.UnixSocket unix -> new NoTls();
      case HttpTarget.Tcp tcp -> new NoTls();
      case HttpTarget.Tls tls -> {
        SslContextFactory.Client factory = new SslContextFactory.Client();
        factory.setSslContext(PemFiles.context(tls.files()));
        yield factory;
      }
    };
  }

  /**
   * Starts the client on another thread, which nobody interrupts: half started, it could not be
   * stopped cleanly.
   */
  private static void start(HttpClient client) {
    FutureTask<?> starting =
        new FutureTask<>(() -> {
          client.start();
          return null;
        });
    Thread ignored = Thread.ofVirtual().name("http-start").start(starting);
    boolean interrupted = false;
    while (!starting.isDone()) {
      try {
        starting.get();
      } catch (InterruptedException later) {
        interrupted = true;
      } catch (ExecutionException broken) {
        throw new IllegalStateException("the HTTP client does not start", broken);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  HttpClient client() {
    return client;
  }

  /** Knows what it connects, because a client that is stopped while it connects forgets that. */
  private static final class Connector extends ClientConnector {
    private final Set<SelectableChannel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    @Override
    protected void configure(SelectableChannel channel) throws IOException {
      channels.removeIf(known -> !known.isOpen());
      channels.add(channel);
      if (closed) {
        throw new IOException("closed");
      }
      super.configure(channel);
    }

    void closeChannels() throws IOException {
      closed = true;
      for (SelectableChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** Leaves TLS alone, which is not spoken here: setting it up takes longer than all the rest. */
  private static final class NoTls extends SslContextFactory.Client {
    @Override
    protected void doStart() {
      // nothing is loaded
    }
  }

  /** Ends all calls and connections, also for an interrupted thread; returns when that is done. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try {
      client.stop();
      connector.closeChannels();
    } catch (InterruptedException again) {
      interrupted = true;
    } catch (Exception broken) {
      throw new IllegalStateException("the HTTP client does not stop", broken);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

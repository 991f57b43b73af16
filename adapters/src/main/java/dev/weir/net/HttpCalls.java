package dev.weir.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.SelectableChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.InputStreamResponseListener;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.StringRequestContent;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Transport;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A client of one HTTP server: blocking calls with a deadline and a bound on the answer, and
 * streams without an end. Keeps connections. Safe for several threads; an interrupt ends a call.
 */
public final class HttpCalls implements AutoCloseable {

  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int MOST_THREADS = 8;

  /** One for each stream and each long poll that is open at a time. */
  private static final int MOST_CONNECTIONS = 10_000;

  private final HttpTarget target;
  private final HttpClient client;
  private final Connector connector;

  private HttpCalls(HttpTarget target, HttpClient client, Connector connector) {
    this.target = target;
    this.client = client;
    this.connector = connector;
  }

  /**
   * Opens a client; connects with the first call only.
   *
   * @throws IOException when the files for TLS cannot be used
   */
  public static HttpCalls to(HttpTarget target) throws IOException, InterruptedException {
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
    client.setSocketAddressResolver(new SocketAddressResolver.Sync());
    client.setFollowRedirects(false);
    client.setUserAgentField(null);
    client.setMaxConnectionsPerDestination(MOST_CONNECTIONS);
    start(client);
    client.getContentDecoderFactories().clear();
    client.getProtocolHandlers().clear(); // every status is an answer
    HttpCalls calls = new HttpCalls(target, client, connector);
    if (Thread.interrupted()) {
      calls.close();
      throw new InterruptedException();
    }
    return calls;
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

  /**
   * Asks and takes the whole answer.
   *
   * @param path with query, encoded
   * @param timeout for all of it
   * @param largest the most bytes that are taken
   * @throws IOException when there is no whole answer, with one line that says why
   */
  public HttpAnswer get(String path, Duration timeout, int largest)
      throws IOException, InterruptedException {
    return ask(HttpQuestion.get(path), timeout, largest);
  }

  /**
   * Asks and takes the whole answer.
   *
   * @param timeout for all of it
   * @param largest the most bytes that are taken
   * @throws HttpTimeoutException when there is no whole answer in time
   * @throws IOException when there is no whole answer, with one line that says why
   */
  public HttpAnswer ask(HttpQuestion question, Duration timeout, int largest)
      throws IOException, InterruptedException {
    Request request =
        request(question)
            .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .idleTimeout(0, TimeUnit.MILLISECONDS);
    try (InputStreamResponseListener listener = new InputStreamResponseListener()) {
      Response response = begin(request, listener, timeout);
      byte[] body = body(listener, question, new Bounds(timeout, largest));
      return HttpAnswer.of(response.getStatus(), headers(response), body);
    }
  }

  private static Map<String, String> headers(Response response) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : response.getHeaders()) {
      String value = field.getValue();
      headers.put(field.getLowerCaseName(), value == null ? "" : value);
    }
    return headers;
  }

  /**
   * Asks for an answer that does not end.
   *
   * @param path with query, encoded
   * @param timeout until it begins
   * @return open; the caller closes it
   * @throws IOException when it does not begin with status 200, with one line that says why
   */
  public InputStream stream(String path, Duration timeout)
      throws IOException, InterruptedException {
    return stream(HttpQuestion.get(path), timeout);
  }

  /**
   * Asks for an answer that does not end.
   *
   * @param timeout until it begins
   * @return open; the caller closes it
   * @throws IOException when it does not begin with status 200, with one line that says why
   */
  public InputStream stream(HttpQuestion question, Duration timeout)
      throws IOException, InterruptedException {
    Request request = request(question).idleTimeout(0, TimeUnit.MILLISECONDS);
    InputStreamResponseListener listener = new InputStreamResponseListener();
    try {
      Response response = begin(request, listener, timeout);
      if (response.getStatus() != 200) {
        throw new IOException("%s%s: status %d".formatted(target, question, response.getStatus()));
      }
      return listener.getInputStream();
    } catch (IOException | InterruptedException failure) {
      abort(request, failure);
      listener.close();
      throw failure;
    }
  }

  private Request request(HttpQuestion question) {
    Request request = client.newRequest(scheme() + target.authority() + question.path());
    question.headers().forEach((name, value) -> request.headers(fields -> fields.put(name, value)));
    question
        .json()
        .ifPresent(json ->
            request
                .method(HttpMethod.POST)
                .body(new StringRequestContent("application/json", json)));
    return switch (target) {
      case HttpTarget.UnixSocket unix ->
          request.transport(new Transport.TCPUnix(Path.of(unix.socket().path())));
      case HttpTarget.Tcp tcp -> request;
      case HttpTarget.Tls tls -> request;
    };
  }

  private String scheme() {
    return switch (target) {
      case HttpTarget.UnixSocket unix -> "http://";
      case HttpTarget.Tcp tcp -> "http://";
      case HttpTarget.Tls tls -> "https://";
    };
  }

  private Response begin(Request request, InputStreamResponseListener listener, Duration timeout)
      throws IOException, InterruptedException {
    request.send(listener);
    try {
      return listener.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw late(timeout);
    } catch (ExecutionException failure) {
      throw isLate(failure) ? late(timeout) : failed(reason(failure), failure);
    } catch (InterruptedException interrupted) {
      abort(request, interrupted);
      throw interrupted;
    }
  }

  /** What an answer may take. */
  private record Bounds(Duration timeout, int largest) {}

  private byte[] body(InputStreamResponseListener listener, HttpQuestion question, Bounds bounds)
      throws IOException, InterruptedException {
    byte[] body;
    try (InputStream in = listener.getInputStream()) {
      body = in.readNBytes(bounds.largest() + 1);
    } catch (InterruptedIOException interrupted) {
      throw new InterruptedException();
    } catch (IOException broken) {
      throw isLate(broken)
          ? late(bounds.timeout())
          : failed("the answer broke off: " + reason(broken), broken);
    }
    if (body.length > bounds.largest()) {
      throw new IOException(
          "%s%s: more than %d bytes".formatted(target, question, bounds.largest()));
    }
    return body;
  }

  private static boolean isLate(Throwable failure) {
    for (Throwable next = failure; next != null; next = next.getCause()) {
      if (next instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  private HttpTimeoutException late(Duration timeout) {
    return new HttpTimeoutException(target + ": no answer within " + timeout.toMillis() + " ms");
  }

  private static void abort(Request request, Exception cause) {
    Future<Boolean> ignored = request.abort(cause); // ended either way
  }

  private IOException failed(String reason, Exception cause) {
    return new IOException(target + ": " + reason, cause);
  }

  /** The innermost of what is told about a failure, in one line. */
  private static String reason(Throwable failure) {
    Throwable inner = failure;
    boolean tls = false;
    for (Throwable next = inner.getCause(); next != null; next = next.getCause()) {
      inner = next;
      tls |= next instanceof SSLException;
    }
    String message = inner.getMessage();
    String line =
        message == null || message.isBlank()
            ? inner.getClass().getSimpleName()
            : message.lines().findFirst().orElse(message);
    return tls ? "TLS failed: " + line : line;
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

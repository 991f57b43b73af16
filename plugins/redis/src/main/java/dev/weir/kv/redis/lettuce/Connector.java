package dev.weir.kv.redis.lettuce;

import dev.weir.kv.redis.RedisAddress;
import dev.weir.kv.redis.RedisOptions;
import dev.weir.kv.redis.RedisPatience;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens connections to one Redis. The client's threads exist from the first connection until it is
 * closed. Safe for any thread.
 */
final class Connector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

  /** How long the end of the client's threads is waited for. */
  private static final Duration FAREWELL = Duration.ofMillis(800);

  /**
   * How long nothing may happen before the client's threads end. Without that, one that ends leaves
   * a connection open that was begun in the same moment.
   */
  private static final Duration QUIET = Duration.ofMillis(20);

  /** Two are the least that the client takes; it has no use for more here. */
  private static final int THREADS = 2;

  private final RedisOptions options;
  private final RedisPatience patience;

  /** Absent before the first connection; guarded by this. */
  private @Nullable Client client;

  /** Guarded by this. */
  private boolean closed;

  private record Client(RedisClient redis, ClientResources resources) {}

  Connector(RedisOptions options, RedisPatience patience) {
    this.options = options;
    this.patience = patience;
  }

  RedisOptions options() {
    return options;
  }

  /** A connection for questions; the caller closes it. */
  StatefulRedisConnection<byte[], byte[]> questions() throws IOException, InterruptedException {
    RedisURI uri = uri();
    return opened(redis -> redis.connectAsync(ByteArrayCodec.INSTANCE, uri));
  }

  /** A connection for news; the caller closes it. */
  StatefulRedisPubSubConnection<byte[], byte[]> news() throws IOException, InterruptedException {
    RedisURI uri = uri();
    return opened(redis -> redis.connectPubSubAsync(ByteArrayCodec.INSTANCE, uri));
  }

  /** Opens on a thread that nobody interrupts: the library would swallow that at times. */
  private <C extends StatefulConnection<?, ?>> C opened(
      Function<RedisClient, ? extends CompletionStage<C>> how)
      throws IOException, InterruptedException {
    CompletableFuture<C> opening =
        CompletableFuture.supplyAsync(() -> begin(how), Thread::startVirtualThread)
            .thenCompose(Function.identity());
    try {
      return answers().of(opening);
    } catch (IOException | InterruptedException failed) {
      Object ignored = opening.thenAccept(Connector::discard); // should it still come to be
      throw failed;
    }
  }

  private static void discard(StatefulConnection<?, ?> connection) {
    Object ignored = connection.closeAsync();
  }

  private synchronized <C> CompletionStage<C> begin(
      Function<RedisClient, ? extends CompletionStage<C>> how) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    return how.apply(client());
  }

  /** What waits for answers, so long as this Redis is waited for. */
  Answers answers() {
    return new Answers(options.address().toString(), patience.answer());
  }

  private RedisURI uri() throws IOException {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(options.address().address().host())
            .withPort(options.address().address().port())
            .withSsl(options.address().transport() == RedisAddress.Transport.TLS)
            .withDatabase(options.keys().database())
            .withTimeout(patience.answer());
    if (options.login().isPresent()) {
      logIn(uri, options.login().get());
    }
    return uri.build();
  }

  private static void logIn(RedisURI.Builder uri, RedisOptions.Login login) throws IOException {
    char[] password = login.password().reveal().toCharArray();
    if (login.user().isPresent()) {
      uri.withAuthentication(login.user().get(), password);
    } else {
      uri.withPassword(password);
    }
  }

  private RedisClient client() {
    Client open = client;
    if (open == null) {
      ClientResources resources =
          DefaultClientResources.builder()
              .ioThreadPoolSize(THREADS)
              .computationThreadPoolSize(THREADS)
              .build();
      open = new Client(RedisClient.create(resources), resources);
      open.redis().setOptions(clientOptions());
      client = open;
    }
    return open.redis();
  }

  private ClientOptions clientOptions() {
    SslOptions.Builder tls = SslOptions.builder().jdkSslProvider();
    options.tls().ca().ifPresent(ca -> tls.trustManager(ca.toFile()));
    options
        .tls()
        .cert()
        .ifPresent(cert ->
            tls.keyManager(cert.toFile(), options.tls().key().orElseThrow().toFile(), new char[0]));
    return ClientOptions.builder()
        .autoReconnect(false)
        .protocolVersion(ProtocolVersion.RESP2)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        .socketOptions(SocketOptions.builder().connectTimeout(patience.answer()).build())
        .sslOptions(tls.build())
        .build();
  }

  @Override
  public synchronized void close() {
    closed = true;
    Client open = client;
    client = null;
    if (open == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      Object ignored =
          open.redis()
              .shutdownAsync(QUIET.toMillis(), FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
              .thenCompose(closed -> shutdown(open.resources()))
              .get(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException late) {
      LOG.debug("the client of {} does not end in time", options, late); // its threads are daemons
    } catch (InterruptedException again) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static CompletableFuture<Boolean> shutdown(ClientResources resources) {
    CompletableFuture<Boolean> ended = new CompletableFuture<>();
    Object ignored =
        resources
            .shutdown(0, FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
            .addListener(future -> ended.complete(future.isSuccess()));
    return ended;
  }
}

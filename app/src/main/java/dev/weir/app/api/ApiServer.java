package dev.weir.app.api;

import dev.weir.model.Endpoint;
import dev.weir.spi.SetupException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves routes over HTTP/1.1: on unix sockets for reading and writing, on loopback for reading,
 * elsewhere within TLS to whoever shows who they are. Each request runs on a virtual thread of its
 * own.
 */
public final class ApiServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  private final Javalin javalin;
  private final Exchange exchange;
  private final List<Gate> gates;
  private final List<UnixSocketFile> socketFiles;

  private ApiServer(
      Javalin javalin, Exchange exchange, List<Gate> gates, List<UnixSocketFile> socketFiles) {
    this.javalin = javalin;
    this.exchange = exchange;
    this.gates = gates;
    this.socketFiles = socketFiles;
  }

  /**
   * Starts to serve.
   *
   * @throws SetupException when a place to listen at is taken or cannot be used
   */
  public static ApiServer open(List<Offer> listeners, Routes routes, Limits limits)
      throws SetupException {
    List<UnixSocketFile> socketFiles = new ArrayList<>();
    for (Offer offer : listeners) {
      if (offer.endpoint() instanceof Endpoint.UnixSocket socket) {
        UnixSocketFile file = new UnixSocketFile(Path.of(socket.path()));
        file.prepare();
        socketFiles.add(file);
      }
    }
    List<Gate> gates = gates(listeners);
    Exchange exchange = new Exchange(gates, routes, limits);
    Javalin javalin = Javalin.create(config -> configure(config, exchange, routes, gates));
    ApiServer server = new ApiServer(javalin, exchange, gates, socketFiles);
    try {
      var _ = javalin.start();
      for (UnixSocketFile file : socketFiles) {
        file.open();
      }
    } catch (RuntimeException e) {
      server.close();
      throw new SetupException(
          "api: cannot listen at %s: %s".formatted(listeners, innermost(e).getMessage()), e);
    }
    return server;
  }

  /** What each listener lets pass. */
  private static List<Gate> gates(List<Offer> listeners) throws SetupException {
    Optional<Endpoint> forWrites =
        listeners.stream()
            .map(Offer::endpoint)
            .filter(Endpoint.UnixSocket.class::isInstance)
            .findFirst();
    List<Gate> gates = new ArrayList<>();
    try {
      for (Offer offer : listeners) {
        gates.add(new Gate(offer, certificates(offer), forWrites));
      }
      return gates;
    } catch (SetupException e) {
      close(gates);
      throw e;
    }
  }

  private static Optional<Certificates> certificates(Offer offer) throws SetupException {
    return offer.tls().isPresent()
        ? Optional.of(Certificates.open(offer.toString(), offer.tls().get()))
        : Optional.empty();
  }

  private static void close(List<Gate> gates) {
    gates.forEach(gate -> gate.certificates().ifPresent(Certificates::close));
  }

  /** Ends streams and connections, and removes the socket files. */
  @Override
  public void close() {
    exchange.endStreams();
    var _ = javalin.stop();
    close(gates);
    for (UnixSocketFile file : socketFiles) {
      try {
        file.remove();
      } catch (IOException e) {
        LOG.warn("api: the socket file stays: {}", e.toString());
      }
    }
  }

  private static void configure(
      JavalinConfig config, Exchange exchange, Routes routes, List<Gate> gates) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.http.prefer405over404 = true;
    config.http.defaultContentType = "application/json";
    config.jetty.threadPool = threads();
    config.jetty.modifyHttpConfiguration(http -> limit(http, exchange.limits()));
    config.jetty.modifyServer(server -> server.setErrorHandler(exchange::malformed));
    for (Gate gate : gates) {
      config.jetty.addConnector(
          (server, http) -> Listener.connector(server, http, gate, exchange.limits()));
    }
    config.routes.before(exchange::admit);
    for (Route route : routes.all()) {
      config.routes.addHttpHandler(
          type(route.method()), route.path(), context -> exchange.answer(context, route));
    }
    config.routes.exception(ApiProblem.class, (problem, ctx) -> exchange.refuse(ctx, problem));
    config.routes.exception(
        HttpResponseException.class, (e, ctx) -> exchange.refuse(ctx, Exchange.unrouted(e)));
    config.routes.exception(Exception.class, exchange::failed);
  }

  private static HandlerType type(Method method) {
    return switch (method) {
      case GET -> HandlerType.GET;
      case POST -> HandlerType.POST;
      case PATCH -> HandlerType.PATCH;
      case DELETE -> HandlerType.DELETE;
    };
  }

  private static void limit(HttpConfiguration http, Limits limits) {
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(limits.headerBytes());
    http.setIdleTimeout(limits.idle().toMillis());
  }

  /** Platform threads only select and accept; requests run on virtual ones. */
  private static QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(16, 2);
    pool.setName("api");
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("api-", 0).factory()));
    return pool;
  }

  private static Throwable innermost(Throwable thrown) {
    return Optional.ofNullable(thrown.getCause()).map(ApiServer::innermost).orElse(thrown);
  }
}

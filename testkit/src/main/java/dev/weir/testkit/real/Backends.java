package dev.weir.testkit.real;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weir.model.Endpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Small HTTP servers on loopback that answer every request with 200 and say in a header which of
 * them it was. A request for {@link #HELD} begins its answer and waits until it is released.
 */
public final class Backends implements AutoCloseable {

  /** The header that carries the number of the backend. */
  public static final String HEADER = "X-Backend";

  /** The path whose answers wait. */
  public static final String HELD = "/held";

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<Endpoint.Ip> endpoints = new ArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /** Guarded by this. */
  private CountDownLatch released = new CountDownLatch(1);

  private Backends() {}

  /** So many of them, numbered from 0. */
  public static Backends start(int count) throws IOException {
    Backends backends = new Backends();
    for (int port : FreePorts.take(count)) {
      backends.add(new Endpoint.Ip(InetAddress.getLoopbackAddress(), port));
    }
    return backends;
  }

  /** Where the backend of this number listens. */
  public Endpoint.Ip endpoint(int number) {
    return endpoints.get(number);
  }

  /** Lets all waiting answers finish; later ones wait again. */
  public synchronized void release() {
    released.countDown();
    released = new CountDownLatch(1);
  }

  @Override
  public void close() {
    release();
    servers.forEach(server -> server.stop(0));
    threads.shutdownNow();
  }

  private void add(Endpoint.Ip at) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(at.ip(), at.port()), 0);
    int number = servers.size();
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, number));
    server.createContext(HELD, exchange -> hold(exchange, number));
    server.start();
    servers.add(server);
    endpoints.add(at);
  }

  private static void answer(HttpExchange exchange, int number) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = ("backend " + number + "\n").getBytes(StandardCharsets.US_ASCII);
      exchange.getResponseHeaders().set(HEADER, Integer.toString(number));
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private void hold(HttpExchange exchange, int number) throws IOException {
    CountDownLatch mine = latch();
    try (exchange) {
      exchange.getResponseHeaders().set(HEADER, Integer.toString(number));
      exchange.sendResponseHeaders(200, 0);
      OutputStream body = exchange.getResponseBody();
      body.write("begun\n".getBytes(StandardCharsets.US_ASCII));
      body.flush();
      mine.await();
      body.write("ended\n".getBytes(StandardCharsets.US_ASCII));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized CountDownLatch latch() {
    return released;
  }
}

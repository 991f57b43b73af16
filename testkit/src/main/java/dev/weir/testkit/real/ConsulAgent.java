package dev.weir.testkit.real;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * A Consul agent on this machine as its owner uses it: by its interface for services and keys.
 * {@code WEIR_TEST_CONSUL=http://127.0.0.1:8500} names one for tests.
 */
public final class ConsulAgent implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;

  /**
   * @param port on loopback
   */
  public ConsulAgent(int port) {
    this.port = port;
  }

  /** The port of the agent that tests shall use; absent when none is named. */
  public static Optional<Integer> named() {
    return Optional.ofNullable(System.getenv("WEIR_TEST_CONSUL"))
        .filter(text -> !text.isBlank())
        .map(text -> URI.create(text).getPort());
  }

  /** Where it listens. */
  public int port() {
    return port;
  }

  /** Registers an instance that has no check of its own. */
  public void register(String service, String id, String address)
      throws IOException, InterruptedException {
    put(
        "/v1/agent/service/register",
        "{\"Name\":\"%s\",\"ID\":\"%s\",\"Address\":\"%s\",\"Port\":80}"
            .formatted(service, id, address));
  }

  /** Takes an instance away. */
  public void deregister(String id) throws IOException, InterruptedException {
    put("/v1/agent/service/deregister/" + id, "");
  }

  /** Writes a key, without a slash in front. */
  public void write(String key, String value) throws IOException, InterruptedException {
    put("/v1/kv/" + key, value);
  }

  /** Takes a key away, with all below it. */
  public void delete(String key) throws IOException, InterruptedException {
    ask(request("/v1/kv/" + key + "?recurse").DELETE().build());
  }

  private void put(String path, String body) throws IOException, InterruptedException {
    ask(request(path).PUT(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
  }

  private void ask(HttpRequest request) throws IOException, InterruptedException {
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(
          "%s: status %d: %s".formatted(request.uri(), answer.statusCode(), answer.body()));
    }
  }

  @Override
  public void close() {
    client.close();
  }
}

package dev.weir.bench;

import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** An etcd on loopback with nothing in it. */
final class Etcd implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final Started server;

  Etcd(Path folder) throws IOException, InterruptedException {
    List<Integer> ports = FreePorts.take(2);
    port = ports.get(0);
    String peer = "http://127.0.0.1:" + ports.get(1);
    server =
        Started.start(
                "etcd",
                folder,
                List.of(
                    "etcd",
                    "--data-dir",
                    folder + "/etcd",
                    "--listen-client-urls",
                    endpoint(),
                    "--advertise-client-urls",
                    endpoint(),
                    "--listen-peer-urls",
                    peer,
                    "--initial-advertise-peer-urls",
                    peer,
                    "--initial-cluster",
                    "default=" + peer,
                    "--unsafe-no-fsync"))
            .awaitPort(port, PATIENCE);
  }

  String endpoint() {
    return "http://127.0.0.1:" + port;
  }

  void put(String key, String value) throws IOException, InterruptedException {
    ask("/v3/kv/put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(encoded(key), encoded(value)));
  }

  void delete(String key) throws IOException, InterruptedException {
    ask("/v3/kv/deleterange", "{\"key\":\"%s\"}".formatted(encoded(key)));
  }

  private static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private void ask(String path, String json) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(endpoint() + path))
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("etcd: " + answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}

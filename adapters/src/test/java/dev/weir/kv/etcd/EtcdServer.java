package dev.weir.kv.etcd;

import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** A real etcd of one member, which can be killed, started again and recreated. */
final class EtcdServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final int port = FreePorts.one();
  private final int peerPort = FreePorts.one();
  private final List<String> more;
  private final HttpClient client = HttpClient.newHttpClient();
  private int life;
  private Started process;

  private EtcdServer(Path folder, List<String> more) throws IOException, InterruptedException {
    this.folder = folder;
    this.more = more;
    this.process = launch();
  }

  /** Starts one; {@code more} are further arguments. */
  static EtcdServer start(Path folder, String... more) throws IOException, InterruptedException {
    return new EtcdServer(folder, List.of(more));
  }

  private Started launch() throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + port;
    String peer = "http://127.0.0.1:" + peerPort;
    List<String> command =
        new ArrayList<>(
            List.of(
                Server.ETCD.path().toString(),
                "--name=weir",
                "--data-dir=" + folder.resolve("data-" + life),
                "--listen-client-urls=" + url,
                "--advertise-client-urls=" + url,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=weir=" + peer,
                "--initial-cluster-token=life-" + life,
                "--log-level=error"));
    command.addAll(more);
    Started started = Started.start("etcd-" + port, folder, command);
    return started.await("health", PATIENCE, this::healthy);
  }

  private boolean healthy() {
    try {
      return client
          .send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body()
          .contains("true");
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  int port() {
    return port;
  }

  /** Asks its gateway for something. */
  String ask(String path, String json) {
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                  .POST(HttpRequest.BodyPublishers.ofString(json))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + " " + json + ": " + answer.body());
      }
      return answer.body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  void put(String key, String value) {
    String ignored =
        ask(
            "/v3/kv/put",
            "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(encoded(key), encoded(value)));
  }

  void delete(String key) {
    String ignored = ask("/v3/kv/deleterange", "{\"key\":\"%s\"}".formatted(encoded(key)));
  }

  /** Writes a key of version 2; {@code more} are further form fields. */
  void put2(String key, String value, String more) {
    String form = "value=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + more;
    HttpRequest request =
        HttpRequest.newBuilder(keys2(key))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .PUT(HttpRequest.BodyPublishers.ofString(form))
            .build();
    send2(request);
  }

  /** Deletes a key of version 2, if it is there. */
  void delete2(String key) {
    send2(HttpRequest.newBuilder(keys2(key)).DELETE().build());
  }

  private URI keys2(String key) {
    String path = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
    return URI.create("http://127.0.0.1:" + port + "/v2/keys" + path);
  }

  private void send2(HttpRequest request) {
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 400 && answer.statusCode() != 404) {
        throw new IllegalStateException(request + ": " + answer.body());
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Kills it, and starts it again with what it had on disk. */
  void restart() throws IOException, InterruptedException {
    process.kill();
    process = launch();
  }

  /** Kills it, and starts another with nothing in it at the same place. */
  void recreate() throws IOException, InterruptedException {
    process.kill();
    life++;
    process = launch();
  }

  @Override
  public void close() {
    process.close();
    client.close();
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("its folder was deleted before it");
    }
  }
}

package dev.weir.app.live;

import dev.weir.testkit.real.Backends;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A folder with a Weir, an nginx, backends and all their files; ends everything it started. */
final class Site implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  final Path folder;
  final Backends backends;
  final int nginxPort = FreePorts.one();
  final int confirmPort = FreePorts.one();
  final int apiPort = FreePorts.one();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Deque<Started> started = new ArrayDeque<>();
  private int weirs;

  Site(Path folder, int backends) throws IOException {
    this.folder = folder;
    this.backends = Backends.start(backends);
    config("");
    Files.writeString(folder.resolve("nginx.conf"), nginxConf());
  }

  Path upstreams() {
    return folder.resolve("upstreams.conf");
  }

  Path yaml() {
    return folder.resolve("weir.yaml");
  }

  Path state() {
    return folder.resolve("state");
  }

  /** Writes a good configuration, with more lines at its end. */
  void config(String more) throws IOException {
    replace(
        yaml(),
        """
        state: FOLDER/state
        api: [ { listen: '127.0.0.1:API' } ]
        pools:
          web:
            sources: [ { file: FOLDER/members.txt } ]
            check: { http: /, every: 200ms, rise: 1, fall: 2 }
            nginx: { server: max_fails=0 }
        proxies:
          edge:
            nginx:
              upstreams: FOLDER/upstreams.conf
              config: FOLDER/nginx.conf
              pid: FOLDER/nginx.pid
              confirm: 127.0.0.1:CONFIRM
              binary: NGINX
            pools: [ web ]
        """
                .replace("FOLDER", folder.toString())
                .replace("API", String.valueOf(apiPort))
                .replace("CONFIRM", String.valueOf(confirmPort))
                .replace("NGINX", Server.NGINX.path().toString())
            + more);
  }

  /** The list of members becomes these backends, by number. */
  void members(int... numbers) throws IOException {
    replace(
        folder.resolve("members.txt"),
        IntStream.of(numbers)
            .mapToObj(number -> backends.endpoint(number) + "\n")
            .collect(Collectors.joining()));
  }

  /**
   * Whether the last good reports on disk name these backends. Weir locks its database, so that the
   * bytes are looked at, in the form in which only reports have them.
   */
  boolean remembers(int... numbers) throws IOException {
    String bytes = stored();
    return IntStream.of(numbers)
        .mapToObj(number -> "address=%s&weight=".formatted(backends.endpoint(number)))
        .allMatch(bytes::contains);
  }

  /** Weir's database as text. */
  String stored() throws IOException {
    StringBuilder bytes = new StringBuilder();
    for (String name : List.of("weir.db", "weir.db-wal")) {
      Path file = state().resolve(name);
      if (Files.exists(file)) {
        bytes.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return bytes.toString();
  }

  /** What everything that was started has said. */
  String logs() {
    return started.stream().map(Started::log).collect(Collectors.joining("\n"));
  }

  void replace(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Started nginx() throws IOException, InterruptedException {
    Started nginx =
        Started.start(
            "nginx",
            folder,
            List.of(
                Server.NGINX.path().toString(),
                "-p",
                folder + "/",
                "-c",
                folder.resolve("nginx.conf").toString()));
    started.push(nginx);
    return nginx.awaitPort(nginxPort, PATIENCE);
  }

  /** A process of its own with these arguments. */
  Started weir(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.weir.app.Main"));
    command.addAll(List.of(arguments));
    Started weir = Started.start("weir-" + ++weirs, folder, command);
    started.push(weir);
    return weir;
  }

  Started run() throws IOException {
    return weir("run", "-c", yaml().toString());
  }

  /** A running Weir that has come far enough for this text to be in its log. */
  Started runUntil(String logged) throws IOException, InterruptedException {
    Started weir = run();
    return weir.await("'" + logged + "' in its log", PATIENCE, () -> weir.log().contains(logged));
  }

  static void hangUp(Started weir) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-HUP", String.valueOf(weir.pid())).start();
    if (kill.waitFor() != 0) {
      throw new IOException("kill -HUP " + weir.pid() + " failed");
    }
  }

  /** The status of an answer of the API. */
  int api(String path) throws IOException, InterruptedException {
    return get(apiPort, path).statusCode();
  }

  /** The text of an answer of the API. */
  String apiText(String path) throws IOException, InterruptedException {
    return get(apiPort, path).body();
  }

  /** The status that nginx answers with. */
  int nginxAnswers() throws IOException, InterruptedException {
    return get(nginxPort, "/").statusCode();
  }

  /** The status of an answer at a port. */
  int status(int port, String path) throws IOException, InterruptedException {
    return get(port, path).statusCode();
  }

  private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return client.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Whether Weir's file for nginx lists a backend. */
  boolean lists(int number) {
    try {
      return Files.exists(upstreams())
          && Files.readString(upstreams()).contains(backends.endpoint(number).toString());
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    started.forEach(Started::close);
    backends.close();
    client.close();
  }

  private String nginxConf() {
    return """
    daemon off;
    pid FOLDER/nginx.pid;
    error_log FOLDER/nginx-error.log notice;
    events { worker_connections 128; }
    http {
      access_log off;
      client_body_temp_path FOLDER/t1;
      proxy_temp_path FOLDER/t2;
      fastcgi_temp_path FOLDER/t3;
      uwsgi_temp_path FOLDER/t4;
      scgi_temp_path FOLDER/t5;
      include FOLDER/upstreams.conf;
      server {
        listen 127.0.0.1:PORT;
        location / { proxy_pass http://web; }
      }
    }
    """
        .replace("FOLDER", folder.toString())
        .replace("PORT", String.valueOf(nginxPort));
  }
}

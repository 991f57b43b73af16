package dev.weir.source.supervisor;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A real supervisord with FastCGI programs of these names, none of which it starts by itself; its
 * interface wants the user {@code weir} and the password {@code s3cret}.
 */
final class RunningSupervisord implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final int port = FreePorts.one();
  private final Path config;
  private final Started process;
  private final HttpClient client = HttpClient.newHttpClient();

  RunningSupervisord(Path folder, List<String> programs) throws IOException, InterruptedException {
    config = folder.resolve("supervisord.conf");
    Path more = Files.createDirectory(folder.resolve("conf.d"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "[supervisord]",
                "nodaemon = true ; comment",
                "logfile = " + folder.resolve("supervisord.log"),
                "pidfile = " + folder.resolve("supervisord.pid"),
                "[inet_http_server]",
                "port = 127.0.0.1:" + port,
                "username = weir",
                "password = s3cret",
                "[rpcinterface:supervisor]",
                "supervisor.rpcinterface_factory ="
                    + " supervisor.rpcinterface:make_main_rpcinterface",
                "[include]",
                "files = conf.d/*.conf"));
    Files.write(config, lines);
    for (String program : programs) {
      Files.write(
          more.resolve(program + ".conf"),
          List.of(
              "[fcgi-program:" + program + "]",
              "command = sleep 1000",
              "socket = tcp://127.0.0.1:" + FreePorts.one(),
              "autostart = false",
              "autorestart = false",
              "startsecs = 0"));
    }
    process =
        Started.start(
                "supervisord",
                folder,
                List.of(Server.SUPERVISORD.path().toString(), "-n", "-c", config.toString()))
            .awaitPort(port, PATIENCE);
  }

  int port() {
    return port;
  }

  Path config() {
    return config;
  }

  void start(String program) throws IOException, InterruptedException {
    call("startProcess", program);
  }

  void stop(String program) throws IOException, InterruptedException {
    call("stopProcess", program);
  }

  private void call(String method, String program) throws IOException, InterruptedException {
    String body =
        """
        <?xml version="1.0"?><methodCall><methodName>supervisor.%s</methodName>
        <params><param><value><string>%s</string></value></param></params></methodCall>\
        """
            .formatted(method, program);
    String pair =
        Base64.getEncoder().encodeToString("weir:s3cret".getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/RPC2"))
                .header("Content-Type", "text/xml")
                .header("Authorization", "Basic " + pair)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    boolean already =
        answer.body().contains("ALREADY_STARTED") || answer.body().contains("NOT_RUNNING");
    if (answer.statusCode() != 200 || (answer.body().contains("fault") && !already)) {
      throw new IllegalStateException(method + " " + program + ": " + answer.body());
    }
  }

  @Override
  public void close() {
    process.close();
    client.close();
  }
}

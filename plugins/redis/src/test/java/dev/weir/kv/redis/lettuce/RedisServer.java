package dev.weir.kv.redis.lettuce;

import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.Started;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A real Redis without anything on disk, which can be killed, stopped and started empty. */
final class RedisServer implements AutoCloseable {

  static final String TELLING = "KA";
  static final String SILENT = "";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final List<String> more;
  private final int port = FreePorts.one();
  private Started process;

  private RedisServer(Path folder, List<String> more) throws IOException, InterruptedException {
    this.folder = folder;
    this.more = more;
    this.process = launch();
  }

  /**
   * Starts one.
   *
   * @param news which changes it tells of, {@link #TELLING} or {@link #SILENT}
   * @param more further arguments
   */
  static RedisServer start(Path folder, String news, String... more)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("--notify-keyspace-events", news));
    arguments.addAll(List.of(more));
    return new RedisServer(folder, arguments);
  }

  private Started launch() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Server.REDIS.path().toString(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                "",
                "--appendonly",
                "no"));
    command.addAll(more);
    return Started.start("redis-" + port, folder, command).awaitPort(port, PATIENCE);
  }

  int port() {
    return port;
  }

  /** Kills it and starts it with nothing in it. */
  void recreate() throws IOException, InterruptedException {
    process.kill();
    process = launch();
  }

  /** Sends a signal to the process. */
  void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("kill -" + name + ": " + code);
    }
  }

  /**
   * Gives it a command and returns the first line of its answer.
   *
   * @throws IOException also when Redis calls it an error
   */
  String ask(String... words) throws IOException {
    return ask(List.of(List.of(words)));
  }

  /** Gives it commands, all at once, and returns the first line of the last answer. */
  String ask(List<List<String>> commands) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = socket.getOutputStream();
      StringBuilder text = new StringBuilder();
      for (List<String> words : commands) {
        text.append('*').append(words.size()).append("\r\n");
        words.forEach(word ->
            text.append('$')
                .append(word.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n")
                .append(word)
                .append("\r\n"));
      }
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String answer = "";
      for (int i = 0; i < commands.size(); i++) {
        answer = line(in);
        if (answer.startsWith("-")) {
          throw new IOException(commands.get(i) + ": " + answer);
        }
      }
      return answer;
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() {
    process.close();
  }
}

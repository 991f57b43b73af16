package dev.weir.driver.nginx;

import static org.awaitility.Awaitility.await;

import dev.weir.driver.nginx.Processes.Title;
import dev.weir.publish.ReloadWay;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real nginx in a folder of its own, with a user's configuration that includes Weir's file and
 * proxies one loopback port to each of some upstreams.
 */
final class RealNginx implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final Path folder;
  final Path config;
  final Path pid;
  final Path upstreams;
  final int confirmPort = FreePorts.one();
  private final List<String> names;
  private final List<Integer> ports;
  private final String modules;

  /** Weir's file in {@code stream}, where that is what it proxies. */
  final Optional<Path> stream;

  /** The files of the user's that Weir edits. */
  List<String> edit = List.of();

  /** What {@code config} is rendered from. */
  Optional<Path> template = Optional.empty();

  /** What stands inside {@code http} whatever is configured; before {@link #configure}. */
  String always = "";

  /** The same for {@code stream}. */
  String alwaysInStream = "";

  /** How many workers it has; before {@link #configure}. */
  int workers = 2;

  RealNginx(String... names) throws IOException {
    this("", false, names);
  }

  /** One that passes connections on in {@code stream}, to upstreams that stand there. */
  static RealNginx withStream(String... names) throws IOException {
    return new RealNginx("load_module %s;\n".formatted(Server.NGINX_STREAM.path()), true, names);
  }

  /** One that has the Lua module. */
  static RealNginx withLua(String... names) throws IOException {
    Path lua = Server.NGINX_LUA.path();
    return new RealNginx(
        "load_module %s;\nload_module %s;\n"
            .formatted(lua.resolveSibling("ndk_http_module.so"), lua),
        false,
        names);
  }

  /** One that loads the Lua module before the one that it needs. */
  static RealNginx withLuaTooEarly(String... names) throws IOException {
    Path lua = Server.NGINX_LUA.path();
    return new RealNginx(
        "load_module %s;\nload_module %s;\n"
            .formatted(lua, lua.resolveSibling("ndk_http_module.so")),
        false,
        names);
  }

  private RealNginx(String modules, boolean inStream, String[] names) throws IOException {
    this.modules = modules;
    this.names = List.of(names);
    this.ports = FreePorts.take(names.length);
    folder = ShortTempDir.create();
    config = folder.resolve("nginx.conf");
    pid = folder.resolve("nginx.pid");
    upstreams = Files.createDirectory(folder.resolve("weir")).resolve("upstreams.conf");
    stream =
        inStream
            ? Optional.of(
                Files.createDirectory(folder.resolve("weir-stream")).resolve("upstreams.conf"))
            : Optional.empty();
    configure("");
  }

  /** Where clients reach the upstream of this number. */
  int port(int number) {
    return ports.get(number);
  }

  /** Writes the user's configuration, with more text inside {@code http}. */
  void configure(String more) throws IOException {
    String http = stream.isPresent() ? "" : servers();
    String others = stream.isPresent() ? stream() : "";
    write(http, others, more);
  }

  private String stream() {
    StringBuilder servers = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      servers.append(
          "  server { listen 127.0.0.1:%d backlog=4096; proxy_pass %s; }\n"
              .formatted(ports.get(i), names.get(i)));
    }
    return "stream {\n  include %s/weir-stream/*.conf;\n%s%s}\n"
        .formatted(folder, servers, alwaysInStream);
  }

  private String servers() {
    StringBuilder servers = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      servers.append(
          """
          server {
            listen 127.0.0.1:%d backlog=4096;
            location / {
              proxy_pass http://%s;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_set_header Host $host;
              proxy_next_upstream error timeout non_idempotent;
            }
          }
          """
              .formatted(ports.get(i), names.get(i)));
    }
    return servers.toString();
  }

  private void write(String servers, String others, String more) throws IOException {
    Files.writeString(
        config,
        """
        %4$suser root;
        worker_processes %5$d;
        worker_shutdown_timeout 10s;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log notice;
        events { worker_connections 2048; }
        http {
          access_log off;
          include %1$s/weir/*.conf;
          %2$s
          %3$s
        }
        %6$s
        """
            .formatted(folder, servers, always + more, modules, workers, others));
  }

  /** Has the whole configuration rendered from a template of this language from now on. */
  void render(String ending) throws IOException {
    Path file = folder.resolve("nginx.conf" + ending);
    Files.writeString(
        file,
        Files.readString(Path.of("src/test/resources/dev/weir/driver/nginx/nginx.conf" + ending))
            .replace("@FOLDER@", folder.toString())
            .replace("@WEB@", Integer.toString(ports.get(0)))
            .replace("@SHOP@", Integer.toString(ports.get(1))));
    template = Optional.of(file);
    Files.writeString(included(), "");
    Files.delete(config);
  }

  /** What a rendered configuration includes. */
  Path included() {
    return folder.resolve("user.inc");
  }

  NginxOptions options() {
    return options(pid, confirmPort);
  }

  /** Those of a Weir that looks elsewhere for the pid file, and has nginx answer at this port. */
  NginxOptions options(Path pid, int confirmPort) {
    return new NginxOptions(
        template.isPresent() ? config : upstreams,
        stream,
        edit,
        template,
        config,
        Server.NGINX.path().toString(),
        pid,
        Confirm.loopback("127.0.0.1:" + confirmPort),
        NginxOptions.Update.AUTO,
        new ReloadWay.Signal());
  }

  /** Starts it as its administrator would; returns when it runs. */
  void start() throws Exception {
    Run run = nginx();
    if (run.exit() != 0) {
      throw new IllegalStateException("nginx does not start: " + run.output());
    }
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(() -> master().map(m -> m.workers().size() == workers).orElse(false));
  }

  /** The running master, as the pid file names it. */
  Optional<Master> master() {
    return Master.find(pid, config) instanceof Master.Search.Found found
        ? Optional.of(found.master())
        : Optional.empty();
  }

  void stop() throws Exception {
    Optional<Master> master = master();
    if (master.isPresent()) {
      nginx("-s", "stop");
      await().pollInterval(Duration.ofMillis(2)).atMost(PATIENCE).until(() -> !master.get().runs());
    }
  }

  /** Kills every process of it with -9. */
  void kill() {
    Optional<Master> master = master();
    if (master.isEmpty()) {
      return;
    }
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle handle = ProcessHandle.of(master.get().pid()).orElseThrow();
    all.add(handle);
    all.addAll(handle.descendants().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(() -> all.stream().allMatch(p -> Processes.title(p.pid()) instanceof Title.Gone));
  }

  /** Somebody else reloads it, and it works. */
  void reload() throws Exception {
    Master master = master().orElseThrow();
    Set<Long> before = master.workers();
    nginx("-s", "reload");
    await()
        .pollInterval(Duration.ofMillis(2))
        .atMost(PATIENCE)
        .until(
            () -> before.stream().noneMatch(Master::serves) && master.workers().size() == workers);
  }

  /** What {@code nginx -t} says against the files on disk; empty when it passes. */
  Optional<String> check() throws Exception {
    Run run = nginx("-t", "-q");
    return run.exit() == 0 ? Optional.empty() : Optional.of(run.output());
  }

  @Override
  public void close() throws IOException {
    kill();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private record Run(int exit, String output) {}

  private Run nginx(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Server.NGINX.path().toString());
    command.addAll(List.of("-c", config.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    int exit = process.waitFor();
    return new Run(exit, Files.readString(output));
  }
}

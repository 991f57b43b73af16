package dev.weir.driver.haproxy;

import static org.awaitility.Awaitility.await;

import dev.weir.driver.haproxy.HaproxyOptions.Absent;
import dev.weir.driver.haproxy.HaproxyOptions.Kept;
import dev.weir.model.Endpoint;
import dev.weir.publish.ProgramResult;
import dev.weir.publish.ProgramResult.Exited;
import dev.weir.publish.Programs;
import dev.weir.publish.ReloadWay;
import dev.weir.testkit.real.FreePorts;
import dev.weir.testkit.real.Server;
import dev.weir.testkit.real.ShortTempDir;
import dev.weir.testkit.real.Started;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A real HAProxy in master-worker mode in a folder of its own, with a user's configuration that
 * sends one loopback port to each of some backends, which stand in Weir's file.
 */
final class RealHaproxy implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SIGNAL_AGAIN = Duration.ofMillis(250);

  final Path folder;
  final Path config;
  final Path own;
  final Path socket;
  final Path pid;
  final Path masterSocket;
  private final List<String> names;
  private final List<Integer> ports;
  private String binary = Server.HAPROXY.path().toString();
  private Optional<Path> template = Optional.empty();
  private List<Endpoint> sockets;
  private String level = "admin";
  private Absent absent = Absent.WAIT;
  private ReloadBy reloadBy = new ReloadBy.Program(new ReloadWay.Signal());
  private String moreDefaults = "";
  private String sections = "";
  private @Nullable Started process;

  RealHaproxy(String... names) throws IOException {
    this(ShortTempDir.create(), Optional.empty(), List.of(names));
  }

  private RealHaproxy(Path folder, Optional<Path> shared, List<String> names) throws IOException {
    this.folder = folder;
    this.names = names;
    this.ports = FreePorts.take(names.size());
    Path weir = Files.createDirectory(folder.resolve("weir"));
    own = shared.orElse(weir.resolve("weir.cfg"));
    config = folder.resolve("haproxy.cfg");
    socket = folder.resolve("admin.sock");
    pid = folder.resolve("haproxy.pid");
    masterSocket = folder.resolve("master.sock");
    sockets = List.of(new Endpoint.UnixSocket(socket.toString()));
    configure();
  }

  /** Where clients reach the backend of this number. */
  int port(int number) {
    return ports.get(number);
  }

  /** The level of the admin socket, from the next start on. */
  RealHaproxy level(String word) throws IOException {
    level = word;
    configure();
    return this;
  }

  /** Every check that Weir makes takes a second longer. */
  RealHaproxy slowChecks() throws IOException {
    Path script = folder.resolve("haproxy-slow");
    Files.writeString(script, "#!/bin/sh\nsleep 1\nexec %s \"$@\"\n".formatted(binary));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    binary = script.toString();
    return this;
  }

  /** More lines of the defaults, from the next start on. */
  RealHaproxy defaults(String lines) throws IOException {
    moreDefaults = lines;
    configure();
    return this;
  }

  /** Writes the user's configuration. */
  private void configure() throws IOException {
    Files.writeString(
        config,
        """
        global
          stats socket %s mode 600 level %s
          hard-stop-after 20s
          nbthread 2
        defaults
          mode http
          timeout connect 2s
          timeout client 30s
          timeout server 30s
          retries 3
          option redispatch
          http-reuse never
          %s
        %s%s
        """
            .formatted(socket, level, moreDefaults, frontends(), sections));
  }

  private String frontends() {
    StringBuilder frontends = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      frontends.append(
          """
          frontend to_%1$s
            bind 127.0.0.1:%2$d backlog 4096
            default_backend %1$s
          """
              .formatted(names.get(i), ports.get(i)));
    }
    return frontends.toString();
  }

  /** Has the whole configuration rendered from a template from now on. */
  RealHaproxy rendered() throws IOException {
    return rendered(Path.of("src/test/resources/dev/weir/driver/haproxy/haproxy.cfg.j2"));
  }

  /** The same from this template, its ports and paths replaced by those of here. */
  RealHaproxy rendered(Path from) throws IOException {
    Path file = folder.resolve(from.getFileName());
    Files.writeString(
        file,
        Files.readString(from)
            .replace("/run/haproxy/admin.sock", socket.toString())
            .replaceAll("127\\.0\\.0\\.1:1808[0-9]", "127.0.0.1:" + ports.getFirst())
            .replace("@SOCKET@", socket.toString())
            .replace("@FOLDER@", folder.toString())
            .replace("@FRONTENDS@", frontends()));
    template = Optional.of(file);
    Files.writeString(errorFile(), "HTTP/1.0 504 late\r\n\r\n");
    return this;
  }

  /** The files of the user's that HAProxy is started with before Weir's. */
  private List<Path> others() {
    return template.isPresent() ? List.of() : List.of(config);
  }

  /** A file of the user's that a rendered configuration names. */
  Path errorFile() {
    return folder.resolve("504.http");
  }

  /** What the user writes. */
  Path usersFile() {
    return template.orElse(config);
  }

  private List<String> files(Path last) {
    List<String> arguments = new ArrayList<>();
    others().forEach(file -> arguments.addAll(List.of("-f", file.toString())));
    if (sections.isEmpty()) {
      arguments.addAll(List.of("-f", last.toString()));
    }
    return arguments;
  }

  HaproxyOptions options() {
    Kept kept =
        sections.isEmpty()
            ? template
                .<Kept>map(from -> new Kept.Rendered(own, from))
                .orElseGet(() -> new Kept.OwnFile(own))
            : new Kept.UsersFiles(List.of(config.toString()));
    return new HaproxyOptions(
        kept, others(), sockets, Optional.of(masterSocket), binary, pid, reloadBy, absent);
  }

  /** The backends stand in the user's configuration, and Weir keeps their servers there. */
  RealHaproxy edited(String text) throws IOException {
    sections = text;
    configure();
    return this;
  }

  /** Its admin socket. */
  Endpoint admin() {
    return sockets.getFirst();
  }

  /** Where Weir finds its admin socket, from the next driver on. */
  void adminAt(Endpoint at) {
    sockets = List.of(at);
  }

  /** Another HAProxy, with the same file of Weir's, that is to be kept in step as one with this. */
  RealHaproxy twin() throws IOException {
    RealHaproxy twin = new RealHaproxy(ShortTempDir.create(), Optional.of(own), names);
    sockets = List.of(admin(), twin.admin());
    return twin;
  }

  /** What Weir does where it does not run, from the next driver on. */
  RealHaproxy absent(Absent now) {
    absent = now;
    return this;
  }

  /** How Weir reloads it, from the next driver on. */
  RealHaproxy reloadedBy(ReloadBy way) {
    reloadBy = way;
    return this;
  }

  /** Starts it alone; returns when it answers clients and the socket. */
  void start() throws Exception {
    start(List.of("-W", "-S", masterSocket.toString()), own);
  }

  private void start(List<String> mode, Path last) throws Exception {
    List<String> command = new ArrayList<>(List.of(Server.HAPROXY.path().toString()));
    command.addAll(mode);
    command.addAll(files(last));
    command.addAll(List.of("-p", pid.toString()));
    Started started = Started.start("haproxy", folder, command);
    process = started;
    started.awaitSocket(socket, PATIENCE);
    for (int port : ports) {
      started.awaitPort(port, PATIENCE);
    }
    if (!mode.isEmpty()) {
      await().atMost(PATIENCE).until(() -> Files.exists(pid) && Files.size(pid) > 0);
    }
  }

  /** The same without master-worker mode. */
  void startWithoutMaster() throws Exception {
    start(List.of(), own);
  }

  /** With another file in the place of Weir's. */
  void startWith(Path last) throws Exception {
    start(List.of("-W"), last);
  }

  void stop() {
    if (process != null) {
      process.close();
    }
  }

  void kill() throws InterruptedException {
    if (process != null) {
      process.kill();
    }
  }

  Started process() {
    if (process == null) {
      throw new IllegalStateException("it was never started");
    }
    return process;
  }

  /**
   * Somebody else reloads it, and it works: signals that follow each other closely get lost in
   * HAProxy 2.6, so it is asked for again until another worker accepts.
   */
  void reload() throws Exception {
    long before = worker();
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(SIGNAL_AGAIN)
        .until(() -> replaced(before));
    await().atMost(PATIENCE).until(() -> Master.phase(process().pid()) == Master.Phase.WAITING);
  }

  private boolean replaced(long before) throws Exception {
    if (worker() != before) {
      return true;
    }
    if (Master.phase(process().pid()) == Master.Phase.WAITING) {
      reloadSignal();
    }
    return false;
  }

  void reloadSignal() throws Exception {
    Programs.run(List.of("kill", "-USR2", Long.toString(process().pid())), PATIENCE);
  }

  /** The pid of the worker that accepts now. */
  long worker() throws Exception {
    String info = say("show info");
    return info.lines()
        .filter(line -> line.startsWith("Pid: "))
        .map(line -> Long.parseLong(line.substring(5)))
        .findFirst()
        .orElseThrow();
  }

  /** One command over a connection of its own. */
  String say(String command) throws IOException, InterruptedException {
    try (AdminSocket cli = AdminSocket.open(admin(), PATIENCE)) {
      return cli.ask(List.of(command)).getFirst();
    }
  }

  /** What its own check says of the files on disk. */
  Optional<String> check() throws InterruptedException {
    List<String> command = new ArrayList<>(List.of(Server.HAPROXY.path().toString(), "-c"));
    command.addAll(files(own));
    ProgramResult result = Programs.run(command, PATIENCE);
    return result instanceof Exited exited && exited.succeeded()
        ? Optional.empty()
        : Optional.of(result.toString());
  }

  /** A server of a backend as the running process has it: admin state, weight, address. */
  Optional<ServersState.Row> row(String backend, String server) throws Exception {
    return ServersState.read(say("show servers state " + backend))
        .getOrDefault(backend, List.of())
        .stream()
        .filter(row -> row.name().equals(server))
        .findFirst();
  }

  static Endpoint nowhere(int number) {
    return new Endpoint.Ip(
        InetAddress.ofLiteral("127.0.%d.%d".formatted(1 + number / 200, 1 + number % 200)), 9);
  }

  /** Ends one that Weir has started in the background, by the pid that its master has written. */
  void stopDaemon() {
    new Master(options())
        .running().stream()
            .mapToObj(ProcessHandle::of)
            .flatMap(Optional::stream)
            .forEach(master -> {
              master.destroy();
              await().atMost(PATIENCE).until(() -> !master.isAlive());
            });
  }

  @Override
  public void close() throws IOException {
    stop();
    stopDaemon();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
